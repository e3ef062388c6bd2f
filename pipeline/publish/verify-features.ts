/** What is wrong with a file of features, as GDAL reads it, or with one of postal codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import gdal, { type Dataset } from 'gdal-async';
import { crc32 as crc32Of } from '../../src/format/crc32.ts';
import type { ManifestLayer, ManifestPartition } from '../../src/format/manifest.ts';
import { postalTablePath } from '../../src/format/paths.ts';
import { toDegrees, toLattice } from '../../src/geometry/lattice.ts';
import { messageOf } from '../errors.ts';

function isOnLattice(value: number): boolean {
  return toDegrees(toLattice(value)) === value;
}

/** Faults of the features as GDAL reads them: their number, names, places and columns. */
function readFeatures(dataset: Dataset, layer: ManifestLayer, partition: ManifestPartition): string | null {
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
  return count === partition.features ? null : `${count} features, the manifest says ${partition.features}`;
}

export function faultOfFeatures(
  path: string,
  layer: ManifestLayer,
  partition: ManifestPartition,
): string | null {
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

/** A table of postal codes of the same first two digits. */
export function faultOfTable(path: string, { id, features }: ManifestPartition): string | null {
  const rows: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(rows)) return 'not a list of rows';
  if (rows.length !== features) return `${rows.length} rows, the manifest says ${features}`;
  const strange = (rows as { codePostal?: unknown }[]).find(
    ({ codePostal }) => !String(codePostal).startsWith(id),
  );
  return strange === undefined ? null : `a row of ${String(strange.codePostal)}`;
}

/**
 * The list of the tables of postal codes in `directory`: each as the manifest says it, with the
 * checksums that readers will find. @param crc32 - of the list, as the catalogue says it.
 */
export function faultOfList(
  directory: string,
  { partitions, index }: ManifestLayer,
  crc32: number | undefined,
): string | null {
  const crcOf = (path: string): number => crc32Of(readFileSync(join(directory, path)));
  const misplaced = partitions.find(({ id, file }) => file.path !== postalTablePath(id, file.sha256));
  if (misplaced !== undefined) return `${misplaced.file.path} is not where readers look for it`;
  const expected = partitions.map(({ id, file: { path, length, sha256 } }) => {
    return [id, [length, sha256.slice(0, 16), crcOf(path)]] as const;
  });
  const found = readFileSync(join(directory, index.path), 'utf8');
  if (found !== JSON.stringify(Object.fromEntries(expected))) return 'lists other tables than the manifest';
  return crcOf(index.path) === crc32 ? null : 'not of the CRC-32 that the catalogue says';
}
