/**
 * Verifies a published tree from its bytes: every file that the catalogue names is
 * there, has its length and hash, opens, and holds what the catalogue says.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import gdal, { type Dataset } from 'gdal-async';
import type { Catalogue, Layer, Partition, PublishedFile, TileArchive } from '../../src/format/catalogue.ts';
import { parseCatalogue, parseJson } from '../../src/format/parse-catalogue.ts';
import { toDegrees, toLattice } from '../../src/geometry/lattice.ts';
import { messageOf, PipelineError } from '../errors.ts';
import { hashOfFile } from '../file-hash.ts';
import { readArchive } from '../tiles/archive.ts';

/** What is wrong with one file. */
export interface Fault {
  readonly path: string;
  readonly what: string;
}

export interface Verification {
  readonly files: number;
  readonly features: number;
  readonly bytes: number;
  readonly faults: readonly Fault[];
}

function readCatalogue(directory: string): Catalogue {
  const path = join(directory, 'catalogue.json');
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new PipelineError('VerifyFailed', 'no catalogue.json: nothing is published here', {
      source: directory,
    });
  }
  try {
    return parseCatalogue(parseJson(readFileSync(path), path), path);
  } catch (error) {
    throw new PipelineError('VerifyFailed', messageOf(error), {}, error);
  }
}

/** The file's own fault: absent, of another length, of another hash, misnamed. */
async function faultOf(directory: string, { path, length, sha256 }: PublishedFile): Promise<string | null> {
  const stat = statSync(join(directory, path), { throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  if (stat.size !== length) return `${stat.size} bytes, the catalogue says ${length}`;
  const found = await hashOfFile(join(directory, path), 'sha256');
  if (found !== sha256) return `sha256 ${found}, the catalogue says ${sha256}`;
  return path.includes(`.${sha256.slice(0, 16)}.`) ? null : 'not named by its content';
}

function isOnLattice(value: number): boolean {
  return toDegrees(toLattice(value)) === value;
}

/** Faults of the features as GDAL reads them: their number, names, places and columns. */
function readFeatures(dataset: Dataset, layer: Layer, partition: Partition): string | null {
  const { features, srs, fields } = dataset.layers.get(0);
  const names = fields.getNames();
  if (layer.fields.some(({ name }, i) => names[i] !== name)) return `columns ${names.join(', ')}`;
  if (srs?.getAuthorityCode('GEOGCS') !== '4326') return 'not in WGS84';
  let count = 0;
  for (const feature of features) {
    count += 1;
    if (layer.geometry === null) continue;
    const envelope = feature.getGeometry()?.getEnvelope();
    if (envelope === undefined) return `feature ${count} has no geometry`;
    const { minX, minY, maxX, maxY } = envelope;
    if (![minX, minY, maxX, maxY].every(isOnLattice)) return `feature ${count} is off the lattice`;
  }
  return count === partition.features ? null : `${count} features, the catalogue says ${partition.features}`;
}

function faultOfFeatures(path: string, layer: Layer, partition: Partition): string | null {
  let dataset: Dataset | undefined;
  try {
    dataset = gdal.open(path);
    return readFeatures(dataset, layer, partition);
  } catch (error) {
    return `GDAL cannot read it: ${messageOf(error)}`;
  } finally {
    dataset?.close();
  }
}

function faultOfTable(path: string, partition: Partition): string | null {
  const rows: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(rows)) return 'not a list of rows';
  return rows.length === partition.features
    ? null
    : `${rows.length} rows, the catalogue says ${partition.features}`;
}

async function faultOfTiles(path: string, archive: TileArchive): Promise<string | null> {
  const found = await readArchive(path);
  const missing = archive.layers.filter((layer) => !found.layers.includes(layer));
  return missing.length === 0 ? null : `no layer ${missing.join(', ')} in the tiles`;
}

interface Named {
  readonly file: PublishedFile;
  readonly features: number;
  readonly read: (path: string) => string | null | Promise<string | null>;
}

function namedFiles(catalogue: Catalogue): Named[] {
  const partitions = Object.values(catalogue.layers).flatMap((layer) =>
    layer.partitions.map((partition): Named => {
      const table = partition.file.path.endsWith('.json');
      const read = (path: string): string | null =>
        table ? faultOfTable(path, partition) : faultOfFeatures(path, layer, partition);
      return { file: partition.file, features: partition.features, read };
    }),
  );
  const tiles = Object.values(catalogue.tiles).map((archive): Named => ({
    file: archive.file,
    features: 0,
    read: (path) => faultOfTiles(path, archive),
  }));
  return [...partitions, ...tiles];
}

/** Files below `data/` and `tiles/` that the catalogue does not name. */
function strays(directory: string, named: readonly Named[]): Fault[] {
  const known = new Set(named.map(({ file }) => file.path));
  return ['data', 'tiles']
    .filter((part) => statSync(join(directory, part), { throwIfNoEntry: false }) !== undefined)
    .flatMap((part) => readdirSync(join(directory, part), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !known.has(path))
    .map((path) => ({ path, what: 'named by no catalogue' }));
}

/**
 * Verifies the tree in `directory`; faults are returned, not thrown.
 * @throws PipelineError `VerifyFailed` when there is no catalogue to verify against.
 */
export async function verify(directory: string): Promise<Verification> {
  const named = namedFiles(readCatalogue(directory));
  const faults = strays(directory, named);
  for (const { file, read } of named) {
    const what = (await faultOf(directory, file)) ?? (await readSafely(read, join(directory, file.path)));
    if (what !== null) faults.push({ path: file.path, what });
  }
  return {
    files: named.length,
    features: named.reduce((sum, { features }) => sum + features, 0),
    bytes: named.reduce((sum, { file }) => sum + file.length, 0),
    faults,
  };
}

async function readSafely(read: Named['read'], path: string): Promise<string | null> {
  try {
    return await read(path);
  } catch (error) {
    return messageOf(error);
  }
}
