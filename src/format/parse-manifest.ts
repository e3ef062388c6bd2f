/**
 * Reads a manifest. Refuses any field that is not what `manifest.ts` says; members that it
 * does not know are left alone.
 */
import type { Box } from '../geometry/lattice.ts';
import type { Field } from './catalogue.ts';
import { count, dictionary, list, member, nullable, oneOf, refuse, text, type Check } from './checks.ts';
import type {
  Manifest,
  ManifestLayer,
  ManifestPartition,
  Missing,
  TileArchive,
  ValueCounts,
} from './manifest.ts';
import { fieldType, file, layerGeometry, partitionId, provenance } from './published-parts.ts';

const moduleName = oneOf('aoc', 'codes-postaux', 'cadastre', 'gpu');

const box: Check<Box> = (value, at) => {
  const expected = 'a box [minLon, minLat, maxLon, maxLat] in degrees';
  if (!Array.isArray(value) || value.length !== 4) return refuse(expected, value, at);
  const [minLon = NaN, minLat = NaN, maxLon = NaN, maxLat = NaN] = value.map((corner) =>
    typeof corner === 'number' ? corner : NaN,
  );
  const ordered = minLon <= maxLon && minLat <= maxLat;
  const onEarth = minLon >= -180 && maxLon <= 180 && minLat >= -90 && maxLat <= 90;
  return ordered && onEarth ? [minLon, minLat, maxLon, maxLat] : refuse(expected, value, at);
};

/** Absent in older trees. */
function optional<T>(check: Check<T>): Check<T | null> {
  return (value, path) => nullable(check)(value ?? null, path);
}

const field: Check<Field> = (value, at) => ({
  name: member(value, at, 'name', text),
  type: member(value, at, 'type', fieldType),
});

const counts = dictionary(count);

const forms: Check<ValueCounts['forms']> = (value, at) => ({
  YYYYMMDD: member(value, at, 'YYYYMMDD', counts),
  'YYYY-MM-DD': member(value, at, 'YYYY-MM-DD', counts),
  digits: member(value, at, 'digits', counts),
});

const values: Check<ValueCounts> = (value, at) => ({
  rows: member(value, at, 'rows', count),
  filled: member(value, at, 'filled', counts),
  forms: member(value, at, 'forms', forms),
});

const partition: Check<ManifestPartition> = (value, at) => ({
  id: member(value, at, 'id', partitionId),
  features: member(value, at, 'features', count),
  values: member(value, at, 'values', optional(values)),
  bbox: member(value, at, 'bbox', nullable(box)),
  coverage: member(value, at, 'coverage', list(box)),
  provenance: member(value, at, 'provenance', list(provenance)),
  file: member(value, at, 'file', file),
});

const missing: Check<Missing> = (value, at) => ({
  source: member(value, at, 'source', text),
  fields: member(value, at, 'fields', list(text)),
  rows: member(value, at, 'rows', nullable(text)),
});

const layer: Check<ManifestLayer> = (value, at) => ({
  module: member(value, at, 'module', moduleName),
  title: member(value, at, 'title', text),
  geometry: member(value, at, 'geometry', nullable(layerGeometry)),
  geometryName: member(value, at, 'geometryName', text),
  fields: member(value, at, 'fields', list(field)),
  missing: member(value, at, 'missing', list(missing)),
  partitions: member(value, at, 'partitions', list(partition)),
  index: member(value, at, 'index', file),
});

const tileArchive: Check<TileArchive> = (value, at) => ({
  file: member(value, at, 'file', file),
  layers: member(value, at, 'layers', list(text)),
  minZoom: member(value, at, 'minZoom', count),
  maxZoom: member(value, at, 'maxZoom', count),
});

/**
 * The manifest in `value`, a JSON value; `name` says in errors where it came from.
 * @throws CartoError `CorruptFile`.
 */
export function parseManifest(value: unknown, name: string): Manifest {
  const at = `${name}#`;
  return {
    territory: member(value, at, 'territory', text),
    layers: member(value, at, 'layers', dictionary(layer)),
    tiles: member(value, at, 'tiles', dictionary(tileArchive)),
    site: member(value, at, 'site', list(file)),
    tools: member(value, at, 'tools', dictionary(text)),
  };
}
