/**
 * Opens a member through GDAL, which reads all that the producers write; what it would
 * guess (encodings, types of columns) is settled before. Never writes beside a source.
 */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import gdal, { type Dataset } from 'gdal-async';
import { messageOf, PipelineError, type Where } from '../errors.ts';
import type { Member } from '../sources/workspace.ts';
import { rewriteCsv } from './csv.ts';
import { prepareExchange } from './edigeo-exchange.ts';
import { GDAL_ENCODINGS, type Encoding } from './encoding.ts';
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
  /** How many rows its own table says that it has, those marked as deleted left out; `null` where GDAL counts them. */
  readonly rows: number | null;
}

function open(path: string, where: Where): Dataset {
  try {
    return gdal.open(path);
  } catch (error) {
    throw new PipelineError('BadSchema', `GDAL cannot open it: ${messageOf(error)}`, where, error);
  }
}

function openShapefile(
  given: string,
  declared: Encoding | undefined,
  folder: () => string,
  where: Where,
): OpenMember {
  const { path, encoding, rows } = inspectShapefile(given, declared, folder, where);
  gdal.config.set('SHAPE_ENCODING', GDAL_ENCODINGS[encoding]);
  try {
    return { dataset: open(path, where), encoding, rows };
  } finally {
    gdal.config.set('SHAPE_ENCODING', null);
  }
}

/** Away from its .gfs, where GDAL keeps (and would write) the types it guessed. */
function copyGml(path: string, folder: string): string {
  const copy = join(folder, basename(path));
  copyFileSync(path, copy);
  return copy;
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
  // A folder of its own: members of several folders share names.
  const folder = (): string => mkdtempSync(join(scratch, 'member-'));
  if (/\.(shp|dbf)$/.test(name)) return openShapefile(member.path, encoding, folder, where);
  const opened = (path: string, found: Encoding | null): OpenMember => ({
    ...{ dataset: open(path, where), encoding: found, rows: null },
  });
  if (name.endsWith('.tab')) {
    const table = prepareMapInfo(member.path, encoding, folder(), where);
    return { ...opened(table.path, table.encoding), rows: table.rows };
  }
  if (name.endsWith('.csv')) {
    const table = rewriteCsv(member.path, encoding, folder(), where);
    return opened(table.path, table.encoding);
  }
  if (name.endsWith('.thf')) return opened(prepareExchange(member.path, folder, where), null);
  if (name.endsWith('.gml')) return opened(copyGml(member.path, folder()), null);
  return opened(name.endsWith('.gz') ? `/vsigzip/${member.path}` : member.path, null);
}
