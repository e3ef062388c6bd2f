/**
 * Validates GeoJSON as API Carto does: any geometry, feature or collection, as an object
 * or its text. What passes here may still be no place that can be asked about: the
 * library refuses that when it reads the geometry.
 */
import { parseJson, repeatedMembers } from '../read/json.ts';
import { areObjects, hasMember, readBbox, refuseMembers, type Members } from './geojson-members.ts';
import { readPosition, readPositions, Unreadable, type Chain, type Tell } from './geojson-positions.ts';
import { whole } from './rules.ts';

/** Upstream names the token at which its parser gave up. */
const NO_JSON = 'Parse error: expected the text of a GeoJSON object';
const NO_OBJECT = 'The root of a GeoJSON object must be an object.';
const SINGLE =
  'GeometryCollection with a single geometry should be avoided in favor of single part or a single object of multi-part type';

const AMBIGUOUS = 'An object contained duplicate members, making parsing ambigous: ';

/** A refusal of a hundred thousand wrong numbers need not tell them all. */
const MOST_TOLD = 10_000;

const POSITIONS: Readonly<Record<string, readonly [Chain, depth: number]>> = {
  MultiPoint: [null, 1],
  LineString: ['Line', 1],
  MultiLineString: ['Line', 2],
  Polygon: ['LinearRing', 2],
  MultiPolygon: ['LinearRing', 3],
};

const TYPES = ['Point', 'Feature', 'GeometryCollection', 'FeatureCollection', ...Object.keys(POSITIONS)];

function readPoint(point: Members, tell: Tell): void {
  readBbox(point, tell);
  refuseMembers(point, 'geometry', ['properties', 'geometry', 'features'], tell);
  if (hasMember(point, 'coordinates', 'array', tell)) readPosition(point['coordinates'], tell);
}

function readCollection(collection: Members, tell: Tell): void {
  readBbox(collection, tell);
  if (!hasMember(collection, 'geometries', 'array', tell)) return;
  const geometries = collection['geometries'] as readonly unknown[];
  if (!areObjects(geometries)) {
    tell('The geometries array in a GeometryCollection must contain only geometry objects');
  }
  if (geometries.length === 1) tell(SINGLE);
  for (const geometry of geometries as readonly (Members | null)[]) {
    if (!geometry) continue;
    if (geometry['type'] === 'GeometryCollection') {
      tell('GeometryCollection should avoid nested geometry collections');
    }
    readObject(geometry, tell);
  }
}

function readFeature(feature: Members, tell: Tell): void {
  readBbox(feature, tell);
  const { id, geometry } = feature;
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') {
    tell('Feature "id" member must have a string or number value');
  }
  refuseMembers(feature, 'Feature', ['features', 'coordinates'], tell);
  if (feature['type'] !== 'Feature') tell('GeoJSON features must have a type=feature member');
  hasMember(feature, 'properties', 'object', tell);
  if (hasMember(feature, 'geometry', 'object', tell) && geometry) readObject(geometry as Members, tell);
}

function readFeatures(collection: Members, tell: Tell): void {
  readBbox(collection, tell);
  refuseMembers(collection, 'FeatureCollection', ['properties', 'coordinates'], tell);
  if (!hasMember(collection, 'features', 'array', tell)) return;
  const features = collection['features'] as readonly unknown[];
  if (!areObjects(features)) tell('Every feature must be an object');
  else for (const feature of features) readFeature(feature as Members, tell);
}

function tellType(type: string, tell: Tell): void {
  const meant = TYPES.find((known) => known.toLowerCase() === type.toLowerCase());
  const message =
    meant === undefined
      ? `The type ${type} is unknown`
      : `Expected ${meant} but got ${type} (case sensitive)`;
  tell(message);
}

function readObject(object: Members, tell: Tell): void {
  if (!hasMember(object, 'type', 'string', tell)) return;
  const type = object['type'] as string;
  const positions = Object.hasOwn(POSITIONS, type) ? POSITIONS[type] : undefined;
  if (type === 'Point') readPoint(object, tell);
  else if (type === 'Feature') readFeature(object, tell);
  else if (type === 'FeatureCollection') readFeatures(object, tell);
  else if (type === 'GeometryCollection') readCollection(object, tell);
  else if (positions === undefined) tellType(type, tell);
  else {
    readBbox(object, tell);
    if (hasMember(object, 'coordinates', 'array', tell))
      readPositions(object['coordinates'], ...positions, tell);
  }
}

/** What is wrong with `value`, GeoJSON or its text; `null` when nothing is. */
export function faultInGeojson(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'object') return 'Expected string or object as input';
  const json = typeof value === 'string' ? parseJson(value) : value;
  if (json === undefined) return NO_JSON;
  if (typeof json !== 'object' || json === null) return NO_OBJECT;
  const repeated = typeof value === 'string' ? repeatedMembers(value) : [];
  const told = repeated.length === 0 ? [] : [AMBIGUOUS + repeated.join(', ')];
  try {
    readObject(json as Members, (message) => {
      if (told.length < MOST_TOLD) told.push(message);
    });
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  return told.length === 0 ? null : told.join(', ');
}

export const isGeojson = whole(faultInGeojson);
