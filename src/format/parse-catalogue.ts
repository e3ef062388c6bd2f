/**
 * Reads `catalogue.json`. Refuses what is no catalogue, a newer format, and any field that
 * is not what `catalogue.ts` says; members it does not know are left alone, so that a
 * later catalogue of the same format may say more.
 */
import { CartoError } from '../errors.ts';
import {
  CATALOGUE_FORMAT,
  type Catalogue,
  type Field,
  type Layer,
  type LayerPartition,
  type PostalCodes,
  type Provenance,
  type PublishedFile,
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
import { layerIndex } from './parse-index.ts';

/** Relative, of plain segments that do not begin with a dot: it can point nowhere but into the tree. */
const PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
export const path = textLike(PATH, 'a relative path');
export const sha256 = textLike(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');
export const partitionId = textLike(/^\w+$/, 'a partition name');
export const layerGeometry = oneOf('MultiPolygon', 'MultiLineString', 'MultiPoint');
export const fieldType = oneOf('string', 'integer', 'number', 'boolean');

/** `items` separated by spaces. */
function words<T>(item: Check<T>): Check<readonly T[]> {
  return (value, at) => list(item)(text(value, at).split(' ').filter(Boolean), at);
}

const field: Check<Field> = (value, at) => {
  const [name = '', type = 'string'] = text(value, at).split(':');
  return { name, type: fieldType(type, at) };
};

export const file: Check<PublishedFile> = (value, at) => ({
  path: member(value, at, 'path', path),
  length: member(value, at, 'length', count),
  sha256: member(value, at, 'sha256', sha256),
});

export const provenance: Check<Provenance> = (value, at) => ({
  source: member(value, at, 'source', text),
  vintage: member(value, at, 'vintage', text),
  producer: member(value, at, 'producer', text),
  licence: member(value, at, 'licence', text),
  attribution: member(value, at, 'attribution', text),
});

/** One of `values`, by its number. */
function numbered<T>(values: readonly T[]): Check<T> {
  return (value, at) => values[count(value, at)] ?? refuse(`a number below ${values.length}`, value, at);
}

/** What layers name by its number. */
interface Shared {
  readonly provenance: readonly Provenance[];
  readonly schemas: readonly (readonly Field[])[];
  readonly partitions: readonly (readonly string[])[];
}

/** The provenance of partitions: one list for all, or one each. */
function partitionsOf(value: unknown, at: string, shared: Shared): LayerPartition[] {
  const ids = member(value, at, 'partitions', numbered(shared.partitions));
  const one = list(numbered(shared.provenance));
  return member(value, at, 'provenance', (numbers, where) => {
    const areLists = Array.isArray(numbers) && Array.isArray(numbers[0]);
    const lists = areLists ? list(one)(numbers, where) : ids.map(() => one(numbers, where));
    return ids.map((id, i) => ({
      id,
      provenance: lists[i] ?? refuse('a list', undefined, `${where}[${i}]`),
    }));
  });
}

const layer =
  (shared: Shared): Check<Layer> =>
  (value, at) => {
    const fields = member(value, at, 'schema', numbered(shared.schemas));
    const geometry = member(value, at, 'geometry', nullable(layerGeometry));
    const index = member(value, at, 'index', layerIndex(fields));
    if ((geometry === null) !== (index.root === null))
      refuse('a root where there are places', index.root, at);
    const features = member(value, at, 'features', count);
    return { geometry, fields, features, partitions: partitionsOf(value, at, shared), index };
  };

const postalCodes =
  (shared: Shared): Check<PostalCodes> =>
  (value, at) => ({
    file: file(value, at),
    provenance: member(value, at, 'provenance', list(numbered(shared.provenance))),
  });

function checkFormat(value: unknown, name: string): void {
  if (!isObject(value) || typeof value['format'] !== 'number') {
    throw new CartoError('NotOurFile', `${name}: expected a catalogue, found other JSON`, { file: name });
  }
  const { format } = value;
  if (format === CATALOGUE_FORMAT) return;
  const reader = format > CATALOGUE_FORMAT ? 'a newer' : 'an older';
  const message = `${name}: expected a catalogue of format ${CATALOGUE_FORMAT}, found ${format}; ${reader} carto-statique reads it`;
  throw new CartoError('UnsupportedVersion', message, { file: name, format });
}

/** The layers of `value` by their names, which are parts of paths. */
function layersOf(value: unknown, at: string, shared: Shared): Catalogue['layers'] {
  const layers = member(value, at, 'layers', dictionary(layer(shared)));
  for (const name of Object.keys(layers)) path(name, `${at}layers`);
  return layers;
}

/**
 * The catalogue in `value`, a JSON value; `name` says in errors where it came from.
 * @throws CartoError `NotOurFile`, `UnsupportedVersion` or `CorruptFile`.
 */
export function parseCatalogue(value: unknown, name = 'catalogue.json'): Catalogue {
  checkFormat(value, name);
  const at = `${name}#`;
  const shared = {
    provenance: member(value, at, 'provenance', list(provenance)),
    schemas: member(value, at, 'schemas', list(words(field))),
    partitions: member(value, at, 'partitions', list(words(partitionId))),
  };
  return {
    format: CATALOGUE_FORMAT,
    territory: member(value, at, 'territory', text),
    manifest: member(value, at, 'manifest', file),
    layers: layersOf(value, at, shared),
    codesPostaux: member(value, at, 'codesPostaux', nullable(postalCodes(shared))),
    tiles: member(value, at, 'tiles', dictionary(path)),
  };
}
