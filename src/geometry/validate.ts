/**
 * Reads a query geometry from whatever a caller passes: a GeoJSON geometry, Feature or
 * FeatureCollection, or its JSON text. Refuses, before anything is read from the tree,
 * all that would be answered with a false "nothing here": coordinates that are missing,
 * not finite, off the globe, swapped or in metres, rings that are open or too short,
 * whatever is empty, unknown types, other reference systems, collections within each
 * other more than `MAX_DEPTH` deep, too many positions.
 *
 * Rings may cross themselves or each other: `intersects` says what that means.
 */
import type { Geometry } from 'geojson';
import { isObject } from '../format/checks.ts';
import { describeValue, expected } from '../refusal.ts';
import { refuseCrs } from './input/crs.ts';
import { readPosition, type Tally } from './input/position.ts';
import { kindOf } from './shape.ts';

/** Collections within collections; real data have one level of them. */
const MAX_DEPTH = 16;

/** The fewest positions of a point, a line and a ring. */
const FEWEST = [1, 2, 4];

const GEOMETRIES = [
  ...['GeometryCollection', 'Point', 'MultiPoint', 'LineString', 'MultiLineString'],
  ...['Polygon', 'MultiPolygon'],
];

/** At least `fewest` items, each read with its path; the holes of a sparse array too, and so refused. */
function readList<T>(
  value: unknown,
  path: string,
  fewest: number,
  read: (item: unknown, path: string) => T,
): T[] {
  if (Array.isArray(value) && value.length >= fewest)
    return Array.from(value, (item: unknown, i) => read(item, `${path}[${i}]`));
  return expected(`an array of ${fewest} or more`, path, Array.isArray(value) ? value.length : value);
}

/** Lists `depth` deep around positions, the innermost of them of a `dimension`. */
function readCoordinates(
  value: unknown,
  path: string,
  depth: number,
  dimension: number,
  tally: Tally,
): unknown {
  if (depth === 0) return readPosition(value, path, tally);
  const fewest = depth === 1 ? FEWEST[dimension] : 1;
  const list = readList(value, path, fewest ?? 1, (item, at) =>
    readCoordinates(item, at, depth - 1, dimension, tally),
  );
  const [first, last] = [`[${String(list[0])}]`, `[${String(list.at(-1))}]`];
  if (depth === 1 && dimension === 2 && first !== last)
    expected(`a closed ring, ending at ${first}`, `${path}[${list.length - 1}]`, last, last);
  return list;
}

/** The geometry of an object of one of `types`. */
function read(
  value: unknown,
  path: string,
  types: readonly string[],
  tally: Tally,
  depth = MAX_DEPTH,
): Geometry {
  if (!isObject(value)) return expected('a GeoJSON object', path, value);
  refuseCrs(value['crs'], path);
  const type = value['type'] as Geometry['type'] | 'Feature' | 'FeatureCollection';
  if (!types.includes(type)) expected(types.join(', '), `${path}.type`, type);
  const isFeatures = type === 'FeatureCollection';
  const member = isFeatures
    ? 'features'
    : { Feature: 'geometry', GeometryCollection: 'geometries' }[type as string];
  const at = `${path}.${member ?? 'coordinates'}`;
  const inner = value[member ?? 'coordinates'];
  if (type === 'Feature') return read(inner, at, GEOMETRIES, tally, depth);
  if (isFeatures || type === 'GeometryCollection') {
    if (depth === 0) expected(`at most ${MAX_DEPTH} collections within each other`, at, inner, 'more');
    const geometries = readList(inner, at, 1, (item, itemAt) =>
      read(item, itemAt, isFeatures ? ['Feature'] : GEOMETRIES, tally, depth - 1),
    );
    const [only] = geometries;
    return isFeatures && only && geometries.length === 1 ? only : { type: 'GeometryCollection', geometries };
  }
  const [dimension, isMulti] = kindOf(type);
  return {
    type,
    coordinates: readCoordinates(inner, at, dimension + Number(isMulti), dimension, tally),
  } as Geometry;
}

function parseText(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return expected('GeoJSON', path, text, `the text ${describeValue(text)}`, cause);
  }
}

/**
 * The geometry of `input`, made of new objects: `input` is neither changed nor kept. The
 * geometries of several features become a GeometryCollection. Coordinates are [longitude,
 * latitude] in degrees; altitudes are dropped.
 *
 * @param input a GeoJSON geometry, Feature or FeatureCollection, or its JSON text
 * @param name what messages call it
 * @throws {CartoError} `InvalidQuery`; `details.path` is where, as `geom.coordinates[0][3]`
 *
 * @example parseGeometry('{"type":"Point","coordinates":[2.35,48.85]}')
 */
export function parseGeometry(input: unknown, name = 'geom'): Geometry {
  const tally = { count: 0, areSwapped: true };
  const value = typeof input === 'string' ? parseText(input, name) : input;
  const geometry = read(value, name, [...GEOMETRIES, 'Feature', 'FeatureCollection'], tally);
  // A geometry that reaches elsewhere, such as a box around the Indian Ocean, may well be meant.
  if (tally.areSwapped) expected('[longitude, latitude]', name, input, '[latitude, longitude]');
  return geometry;
}
