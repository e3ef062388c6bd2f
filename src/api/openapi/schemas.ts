/** The schemas of what the API answers, for OpenAPI. */
import type { Schema } from '../routes/parameter.ts';

type SchemaName = 'Feature' | 'Collection' | 'Communes' | 'Refusal' | 'Fault';

/** A schema of the document, by its name. */
export function refTo(name: SchemaName): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

const TEXT = { type: 'string' };
const COUNT = { type: ['integer', 'null'], minimum: 0 };
const BOX = { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 };

const GEOMETRIES = ['MultiPolygon', 'MultiLineString', 'MultiPoint'];

/** `types`: those that it may be of. */
function geometryOf(types: readonly string[]): Schema {
  return {
    type: ['object', 'null'],
    description:
      'In longitude and latitude, 8 decimals; null where there is no place, or with geometry=false.',
    required: ['type', 'coordinates'],
    properties: { type: { enum: types }, coordinates: { type: 'array' } },
  };
}

const CRS = {
  type: ['object', 'null'],
  description: 'null where nothing has a place.',
  required: ['type', 'properties'],
  properties: {
    type: { const: 'name' },
    properties: { type: 'object', properties: { name: { const: 'urn:ogc:def:crs:EPSG::4326' } } },
  },
};

const LINK = {
  type: 'object',
  required: ['title', 'type', 'rel', 'href'],
  properties: { title: TEXT, type: TEXT, rel: { const: 'next' }, href: { type: 'string', format: 'uri' } },
};

const FEATURE: Schema = {
  type: 'object',
  required: ['type', 'id', 'geometry', 'geometry_name', 'properties'],
  properties: {
    type: { const: 'Feature' },
    id: TEXT,
    geometry: geometryOf(GEOMETRIES),
    geometry_name: { enum: ['geom', 'the_geom'] },
    properties: { type: 'object' },
    bbox: BOX,
  },
};

const COLLECTION: Schema = {
  type: 'object',
  required: ['type', 'features', 'totalFeatures', 'numberMatched', 'numberReturned', 'timeStamp', 'crs'],
  properties: {
    type: { const: 'FeatureCollection' },
    features: { type: 'array', items: refTo('Feature') },
    totalFeatures: COUNT,
    numberMatched: COUNT,
    numberReturned: { type: 'integer', minimum: 0 },
    timeStamp: { type: 'string', format: 'date-time' },
    links: { type: 'array', items: LINK },
    crs: CRS,
    bbox: BOX,
    featureType: { ...TEXT, description: 'In answers of all layers: the layer.' },
  },
};

/** What is known of a layer: its columns, and what its features are. */
export interface Columns {
  readonly fields: readonly { readonly name: string; readonly type?: string }[];
  readonly geometry?: string | null;
}

/** A collection of features of a layer; of any, when nothing is known of its columns. */
export function collectionOf({ fields, geometry }: Columns): Schema {
  if (fields.length === 0) return refTo('Collection');
  const columns = fields.map(({ name, type }) => [name, type === undefined ? {} : { type: [type, 'null'] }]);
  // A point in place of any other is asked for with geometry=centroid.
  const types = typeof geometry !== 'string' ? [] : [...new Set([geometry, 'MultiPoint'])];
  const feature = {
    properties: {
      ...(geometry !== undefined && { geometry: types.length === 0 ? { type: 'null' } : geometryOf(types) }),
      properties: { type: 'object', properties: Object.fromEntries(columns) as Schema },
    },
  };
  return { allOf: [refTo('Collection'), { properties: { features: { items: feature } } }] };
}

const COMMUNE = ['codePostal', 'codeCommune', 'nomCommune', 'libelleAcheminement'];

const COMMUNES: Schema = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: COMMUNE,
    properties: Object.fromEntries(COMMUNE.map((name) => [name, TEXT])),
  },
};

const FIELD_FAULT = {
  type: 'object',
  required: ['type', 'msg', 'path', 'location'],
  properties: {
    type: { const: 'field' },
    value: { description: 'Absent when the parameter is.' },
    msg: TEXT,
    path: TEXT,
    location: { enum: ['body', 'headers', 'params', 'query'] },
  },
};

const REFUSAL: Schema = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { const: 400 },
    message: { oneOf: [TEXT, { type: 'object', additionalProperties: FIELD_FAULT }] },
  },
};

/** What could not be answered, with the library's typed reason. */
const FAULT: Schema = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'integer' },
    message: TEXT,
    reason: { ...TEXT, description: 'The code of the error of the library.' },
    retryable: { type: 'boolean' },
    details: { type: 'object' },
  },
};

/** All, by name. */
export const SCHEMAS: Readonly<Record<SchemaName, Schema>> = {
  Feature: FEATURE,
  Collection: COLLECTION,
  Communes: COMMUNES,
  Refusal: REFUSAL,
  Fault: FAULT,
};
