/**
 * Reads `catalogue.json`. Refuses what is no catalogue, a newer format, and any field
 * that is not what `catalogue.ts` says; members it does not know are left alone, so
 * that a later catalogue of the same format may say more.
 */
import { CartoError } from '../errors.ts';
import type { Box } from '../geometry/lattice.ts';
import {
  CATALOGUE_FORMAT,
  type Catalogue,
  type Field,
  type Layer,
  type Partition,
  type Provenance,
  type PublishedFile,
  type TileArchive,
} from './catalogue.ts';
import {
  count,
  dictionary,
  isObject,
  list,
  member,
  nullable,
  oneOf,
  refuse,
  text,
  textLike,
} from './checks.ts';
import type { Check } from './checks.ts';

/** Relative, of plain segments that do not begin with a dot: it can point nowhere but into the tree. */
const path = textLike(/^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/, 'a relative path');
const sha256 = textLike(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');
const partitionId = textLike(/^\w+$/, 'a partition name');
const moduleName = oneOf('aoc', 'codes-postaux', 'cadastre', 'gpu');
const fieldType = oneOf('string', 'integer', 'number', 'boolean');
const layerGeometry = oneOf('MultiPolygon', 'MultiLineString', 'MultiPoint');

const file: Check<PublishedFile> = (value, at) => ({
  path: member(value, at, 'path', path),
  length: member(value, at, 'length', count),
  sha256: member(value, at, 'sha256', sha256),
});

const field: Check<Field> = (value, at) => ({
  name: member(value, at, 'name', text),
  type: member(value, at, 'type', fieldType),
});

const box: Check<Box> = (value, at) => {
  const expected = 'a box [minLon, minLat, maxLon, maxLat] in degrees';
  if (!Array.isArray(value) || value.length !== 4) return refuse(expected, value, at);
  const [minLon, minLat, maxLon, maxLat] = value.map((corner) => (typeof corner === 'number' ? corner : NaN));
  if (minLon === undefined || minLat === undefined || maxLon === undefined || maxLat === undefined) {
    return refuse(expected, value, at);
  }
  const ordered = minLon <= maxLon && minLat <= maxLat;
  const onEarth = minLon >= -180 && maxLon <= 180 && minLat >= -90 && maxLat <= 90;
  return ordered && onEarth ? [minLon, minLat, maxLon, maxLat] : refuse(expected, value, at);
};

const provenance: Check<Provenance> = (value, at) => ({
  source: member(value, at, 'source', text),
  vintage: member(value, at, 'vintage', text),
  producer: member(value, at, 'producer', text),
  licence: member(value, at, 'licence', text),
  attribution: member(value, at, 'attribution', text),
});

const partition: Check<Partition> = (value, at) => ({
  id: member(value, at, 'id', partitionId),
  features: member(value, at, 'features', count),
  bbox: member(value, at, 'bbox', nullable(box)),
  coverage: member(value, at, 'coverage', list(box)),
  provenance: member(value, at, 'provenance', list(provenance)),
  file: member(value, at, 'file', file),
});

const layer: Check<Layer> = (value, at) => ({
  module: member(value, at, 'module', moduleName),
  title: member(value, at, 'title', text),
  geometry: member(value, at, 'geometry', nullable(layerGeometry)),
  geometryName: member(value, at, 'geometryName', text),
  fields: member(value, at, 'fields', list(field)),
  partitions: member(value, at, 'partitions', list(partition)),
});

const tileArchive: Check<TileArchive> = (value, at) => ({
  file: member(value, at, 'file', file),
  layers: member(value, at, 'layers', list(text)),
  minZoom: member(value, at, 'minZoom', count),
  maxZoom: member(value, at, 'maxZoom', count),
});

function checkFormat(value: unknown, name: string): void {
  if (!isObject(value) || typeof value['format'] !== 'number') {
    throw new CartoError('NotOurFile', `${name}: expected a catalogue, found other JSON`, { file: name });
  }
  const { format } = value;
  if (format > CATALOGUE_FORMAT) {
    const message = `${name}: expected a catalogue of format ${CATALOGUE_FORMAT}, found ${format}; a newer carto-statique reads it`;
    throw new CartoError('UnsupportedVersion', message, { file: name, format });
  }
  if (format !== CATALOGUE_FORMAT) refuse(`format ${CATALOGUE_FORMAT}`, format, `${name}#format`);
}

/**
 * The catalogue in `value`, a JSON value; `name` says in errors where it came from.
 * @throws CartoError `NotOurFile`, `UnsupportedVersion` or `CorruptFile`.
 */
export function parseCatalogue(value: unknown, name = 'catalogue.json'): Catalogue {
  checkFormat(value, name);
  const at = `${name}#`;
  return {
    format: CATALOGUE_FORMAT,
    territory: member(value, at, 'territory', text),
    layers: member(value, at, 'layers', dictionary(layer)),
    tiles: member(value, at, 'tiles', dictionary(tileArchive)),
    tools: member(value, at, 'tools', dictionary(text)),
  };
}

/** The first characters of a file, to show what came in place of the one expected. */
function opening(bytes: Uint8Array): string {
  return JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 40)));
}

/**
 * The JSON value in `bytes`, which `name` names in errors.
 * @throws CartoError `NotOurFile` when it is no JSON.
 */
export function parseJson(bytes: Uint8Array, name: string): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return json;
  } catch (error) {
    const message = `${name}: expected JSON, found a file that begins with ${opening(bytes)}`;
    throw new CartoError('NotOurFile', message, { file: name }, error);
  }
}
