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
import { describeValue, isObject } from '../format/checks.ts';
import { refuseCrs } from './input/crs.ts';
import { readPosition, type Tally } from './input/position.ts';
import { refuse } from './input/refusal.ts';

/** Collections within collections; real data have one level of them. */
const MAX_DEPTH = 16;

/** The fewest positions of a ring, and the mark of a list that must be closed. */
const RING = 4;

type Form = readonly [depth: number, fewest: number];

/** By type: lists within lists around a position, and the fewest positions in the innermost. */
const FORMS: ReadonlyMap<unknown, Form> = new Map<unknown, Form>([
  ['Point', [0, 1]],
  ['MultiPoint', [1, 1]],
  ['LineString', [1, 2]],
  ['MultiLineString', [2, 2]],
  ['Polygon', [2, RING]],
  ['MultiPolygon', [3, RING]],
]);

function readObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) return refuse(path, 'a GeoJSON object', describeValue(value));
  refuseCrs(value['crs'], path);
  return value;
}

/** At least `fewest` items, each read with its path; the holes of a sparse array too, and so refused. */
function readList<T>(
  value: unknown,
  path: string,
  fewest: number,
  read: (item: unknown, path: string) => T,
): T[] {
  return Array.isArray(value) && value.length >= fewest
    ? Array.from(value, (item: unknown, i) => read(item, `${path}[${i}]`))
    : refuse(
        path,
        `an array of ${fewest} or more`,
        Array.isArray(value) ? `${value.length}` : describeValue(value),
      );
}

function closed(ring: readonly unknown[], path: string): unknown {
  const [first, last] = [String(ring[0]), String(ring.at(-1))];
  if (first === last) return ring;
  return refuse(`${path}[${ring.length - 1}]`, `a closed ring, ending at [${first}]`, `[${last}]`);
}

function readCoordinates(value: unknown, path: string, [depth, fewest]: Form, tally: Tally): unknown {
  if (depth === 0) return readPosition(value, path, tally);
  const list = readList(value, path, depth > 1 ? 1 : fewest, (item, at) =>
    readCoordinates(item, at, [depth - 1, fewest], tally),
  );
  return depth === 1 && fewest === RING ? closed(list, path) : list;
}

function readGeometry(value: unknown, path: string, tally: Tally, depth = 0): Geometry {
  const { type, geometries, coordinates } = readObject(value, path);
  if (type === 'GeometryCollection') {
    const at = `${path}.geometries`;
    if (depth === MAX_DEPTH) refuse(at, `at most ${MAX_DEPTH} collections within each other`, 'more');
    const read = (item: unknown, itemAt: string): Geometry => readGeometry(item, itemAt, tally, depth + 1);
    return { type, geometries: readList(geometries, at, 1, read) };
  }
  const form = FORMS.get(type);
  if (form === undefined) {
    return refuse(`${path}.type`, `GeometryCollection, ${[...FORMS.keys()].join(', ')}`, describeValue(type));
  }
  return { type, coordinates: readCoordinates(coordinates, `${path}.coordinates`, form, tally) } as Geometry;
}

function readFeature(value: unknown, path: string, tally: Tally): Geometry {
  const { type, geometry } = readObject(value, path);
  if (type !== 'Feature') refuse(`${path}.type`, 'Feature', describeValue(type));
  return readGeometry(geometry, `${path}.geometry`, tally);
}

function readAny(value: unknown, path: string, tally: Tally): Geometry {
  const { type, features } = readObject(value, path);
  if (type === 'Feature') return readFeature(value, path, tally);
  if (type !== 'FeatureCollection') return readGeometry(value, path, tally);
  const geometries = readList(features, `${path}.features`, 1, (item, at) => readFeature(item, at, tally));
  const [only] = geometries;
  return only !== undefined && geometries.length === 1 ? only : { type: 'GeometryCollection', geometries };
}

function parseText(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return refuse(path, 'GeoJSON', `the text ${describeValue(text)}`, cause);
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
  const geometry = readAny(typeof input === 'string' ? parseText(input, name) : input, name, tally);
  // A geometry that reaches elsewhere, such as a box around the Indian Ocean, may well be meant.
  if (tally.areSwapped) refuse(name, '[longitude, latitude]', '[latitude, longitude]');
  return geometry;
}
