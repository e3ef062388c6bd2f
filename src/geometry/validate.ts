/**
 * Reads a query geometry from whatever a caller passes: a GeoJSON geometry, Feature or
 * FeatureCollection, or its JSON text. Refuses, before anything is read from the tree,
 * all that would be answered with a false "nothing here": coordinates that are missing,
 * not finite, off the globe, swapped or in metres, rings that are open or too short,
 * whatever is empty, unknown types, other reference systems, collections within each
 * other more than `MAX_DEPTH` deep, more than `MAX_POSITIONS` positions.
 *
 * Rings may cross themselves or each other: `intersects` says what that means.
 */
import type { Geometry } from 'geojson';
import { CartoError } from '../errors.ts';
import { describeValue, isObject } from '../format/checks.ts';
import { refuseCrs } from './input/crs.ts';
import { readLine, readList, readPoints, readPosition, readRings, refuseTooMany } from './input/positions.ts';
import { refuseFault, refuseValue } from './input/refusal.ts';
import { positionsOf, refuseSwapped } from './input/swapped.ts';

/** Collections within collections; real data have one level of them. */
const MAX_DEPTH = 16;

/** Characters of a text that is no JSON that its refusal shows. */
const SHOWN = 40;

/** An object's own members, so that names such as `__proto__` mean nothing. */
type Members = ReadonlyMap<string, unknown>;

function membersOf(value: unknown, path: string): Members {
  if (!isObject(value)) return refuseValue(path, 'a GeoJSON object', value);
  const members = new Map(Object.entries(value));
  refuseCrs(members.get('crs'), path);
  return members;
}

const GEOMETRIES =
  'Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon or GeometryCollection';

function geometryOf(members: Members, path: string, depth: number): Geometry {
  const [type, coordinates, at] = [members.get('type'), members.get('coordinates'), `${path}.coordinates`];
  switch (type) {
    case 'Point':
      return { type, coordinates: readPosition(coordinates, at) };
    case 'MultiPoint':
      return { type, coordinates: readPoints(coordinates, at) };
    case 'LineString':
      return { type, coordinates: readLine(coordinates, at) };
    case 'MultiLineString':
      return { type, coordinates: readList(coordinates, at, readLine) };
    case 'Polygon':
      return { type, coordinates: readRings(coordinates, at) };
    case 'MultiPolygon':
      return { type, coordinates: readList(coordinates, at, readRings) };
    case 'GeometryCollection':
      return { type, geometries: collectionOf(members, path, depth + 1) };
    default:
      return refuseValue(`${path}.type`, GEOMETRIES, type);
  }
}

function collectionOf(members: Members, path: string, depth: number): Geometry[] {
  const at = `${path}.geometries`;
  if (depth > MAX_DEPTH) return refuseFault(at, `at most ${MAX_DEPTH} collections within each other`, 'more');
  return readList(members.get('geometries'), at, (value, itemPath) =>
    geometryOf(membersOf(value, itemPath), itemPath, depth),
  );
}

function geometryOfFeature(members: Members, path: string): Geometry {
  if (members.get('type') !== 'Feature') return refuseValue(`${path}.type`, 'Feature', members.get('type'));
  const at = `${path}.geometry`;
  return geometryOf(membersOf(members.get('geometry'), at), at, 0);
}

function geometryOfCollection(members: Members, path: string): Geometry {
  const geometries = readList(members.get('features'), `${path}.features`, (value, at) =>
    geometryOfFeature(membersOf(value, at), at),
  );
  const [only] = geometries;
  return only !== undefined && geometries.length === 1 ? only : { type: 'GeometryCollection', geometries };
}

function geometryOfAny(members: Members, path: string): Geometry {
  switch (members.get('type')) {
    case 'Feature':
      return geometryOfFeature(members, path);
    case 'FeatureCollection':
      return geometryOfCollection(members, path);
    default:
      return geometryOf(members, path, 0);
  }
}

function parseText(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = describeValue(text.slice(0, SHOWN));
    throw new CartoError(
      'InvalidQuery',
      `${path}: expected GeoJSON, found the text ${start}`,
      { path },
      cause,
    );
  }
}

function countPositions(geometry: Geometry): number {
  const positions = positionsOf(geometry);
  let count = 0;
  while (positions.next().done !== true) count++;
  return count;
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
  const value = typeof input === 'string' ? parseText(input, name) : input;
  const geometry = geometryOfAny(membersOf(value, name), name);
  refuseTooMany(countPositions(geometry), name);
  refuseSwapped(geometry, name);
  return geometry;
}
