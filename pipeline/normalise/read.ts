/**
 * Opens a member through GDAL, which reads all that the producers write; what it would
 * guess (encodings, types of columns) is settled before. Never writes beside a source.
 */
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import gdal, { type Dataset } from 'gdal-async';
import { messageOf, PipelineError, type Where } from '../errors.ts';
import type { Member } from '../sources/workspace.ts';
import { decodeText, detectEncoding, GDAL_ENCODINGS, type Encoding } from './encoding.ts';
import { prepareMapInfo } from './mapinfo.ts';
import { inspectShapefile } from './shapefile.ts';

// A code such as 01004 must stay a text: GML has no types of its own, so GDAL guesses them.
gdal.config.set('GML_FIELDTYPES', 'ALWAYS_STRING');
// Curves become lines as GDAL strokes them; schemas are never fetched from the network.
gdal.config.set('OGR_STROKE_CURVE', 'TRUE');
gdal.config.set('GML_DOWNLOAD_SCHEMA', 'NO');

/** Files that GDAL opens by themselves; a .dbf only where it is no part of a shapefile. */
const PRIMARY = /\.(shp|tab|gml|csv|gpkg|thf|(geo)?json(\.gz)?)$/i;

/** The folder and the name without its ending: what the files of one shapefile share. */
function stemOf({ path }: Member): string {
  const { dir, name } = parse(path);
  return join(dir, name.toLowerCase());
}

function isLoneTable(member: Member, all: readonly Member[]): boolean {
  const stem = stemOf(member);
  const isPart = (other: Member): boolean => /\.(shp|tab)$/i.test(other.path) && stemOf(other) === stem;
  return /\.dbf$/i.test(member.path) && !all.some(isPart);
}

/** The members that are layers or tables of their own. */
export function primaryMembers(all: readonly Member[]): Member[] {
  return all.filter((member) => PRIMARY.test(member.path) || isLoneTable(member, all));
}

export interface OpenMember {
  readonly dataset: Dataset;
  /** `null` where the format itself fixes it. */
  readonly encoding: Encoding | null;
}

function open(path: string, where: Where): Dataset {
  try {
    return gdal.open(path);
  } catch (error) {
    throw new PipelineError('BadSchema', `GDAL cannot open it: ${messageOf(error)}`, where, error);
  }
}

function openShapefile(path: string, declared: Encoding | undefined, where: Where): OpenMember {
  const encoding = inspectShapefile(path, declared, where);
  gdal.config.set('SHAPE_ENCODING', GDAL_ENCODINGS[encoding]);
  try {
    return { dataset: open(path, where), encoding };
  } finally {
    gdal.config.set('SHAPE_ENCODING', null);
  }
}

/** GDAL takes every CSV for UTF-8, so another one is rewritten. */
function openCsv(path: string, declared: Encoding | undefined, folder: string, where: Where): OpenMember {
  const bytes = readFileSync(path);
  const encoding = detectEncoding([bytes], declared, where);
  if (encoding === 'utf-8') return { dataset: open(path, where), encoding };
  const copy = join(folder, basename(path));
  writeFileSync(copy, decodeText(bytes, encoding));
  return { dataset: open(copy, where), encoding };
}

/** Away from its .gfs, where GDAL keeps (and would write) the types it guessed. */
function openGml(path: string, folder: string, where: Where): OpenMember {
  const copy = join(folder, basename(path));
  copyFileSync(path, copy);
  return { dataset: open(copy, where), encoding: null };
}

export interface ReadOptions {
  readonly encoding: Encoding | undefined;
  readonly scratch: string;
  readonly where: Where;
}

/**
 * Opens a member that `primaryMembers` named.
 * @throws PipelineError `BadSchema`, `BadEncoding`.
 */
export function openMember(member: Member, { encoding, scratch, where }: ReadOptions): OpenMember {
  const name = member.path.toLowerCase();
  if (/\.(shp|dbf)$/.test(name)) return openShapefile(member.path, encoding, where);
  // A folder of its own: members of several folders share names.
  const folder = mkdtempSync(join(scratch, 'member-'));
  if (name.endsWith('.tab')) {
    const table = prepareMapInfo(member.path, encoding, folder, where);
    return { dataset: open(table.path, where), encoding: table.encoding };
  }
  if (name.endsWith('.csv')) return openCsv(member.path, encoding, folder, where);
  if (name.endsWith('.gml')) return openGml(member.path, folder, where);
  const path = name.endsWith('.gz') ? `/vsigzip/${member.path}` : member.path;
  return { dataset: open(path, where), encoding: null };
}
