/**
 * One feature as FlatGeobuf stores it: a size-prefixed flatbuffer of its geometry
 * and of its properties, where a null property is left out.
 */
import { Builder, type Offset } from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Geometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import type { Field, LayerGeometry } from '../../src/format/catalogue.ts';
import { toDegrees } from '../../src/geometry/lattice.ts';
import type { Coordinates, Rings, Shape } from '../../src/geometry/shape.ts';
import { encodeProperties, type Properties } from './properties.ts';

export const GEOMETRY_TYPES: Readonly<Record<NonNullable<LayerGeometry>, GeometryType>> = {
  MultiPolygon: GeometryType.MultiPolygon,
  MultiLineString: GeometryType.MultiLineString,
  MultiPoint: GeometryType.MultiPoint,
};

function degrees(parts: readonly Coordinates[]): Float64Array {
  const xy = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) for (const value of part) xy[at++] = toDegrees(value);
  return xy;
}

/**
 * Where each part ends, in positions. Left out for the one ring of a polygon, as the
 * format recommends; not for the one line of a MultiLineString, which GDAL then refuses.
 */
function ends(parts: readonly Coordinates[], type: GeometryType): Uint32Array | null {
  if (parts.length < 2 && type !== GeometryType.MultiLineString) return null;
  let end = 0;
  return Uint32Array.from(parts, (part) => (end += part.length / 2));
}

function encodeParts(builder: Builder, parts: readonly Coordinates[], type: GeometryType): Offset {
  const endsArray = ends(parts, type);
  const endsOffset = endsArray === null ? 0 : Geometry.createEndsVector(builder, endsArray);
  const xyOffset = Geometry.createXyVector(builder, degrees(parts));
  Geometry.startGeometry(builder);
  if (endsOffset !== 0) Geometry.addEnds(builder, endsOffset);
  Geometry.addXy(builder, xyOffset);
  Geometry.addType(builder, type);
  return Geometry.endGeometry(builder);
}

function encodePolygons(builder: Builder, polygons: readonly Rings[]): Offset {
  const parts = polygons.map((rings) => encodeParts(builder, rings, GeometryType.Polygon));
  const partsOffset = Geometry.createPartsVector(builder, parts);
  Geometry.startGeometry(builder);
  Geometry.addType(builder, GeometryType.MultiPolygon);
  Geometry.addParts(builder, partsOffset);
  return Geometry.endGeometry(builder);
}

function encodeGeometry(builder: Builder, shape: Shape, geometry: NonNullable<LayerGeometry>): Offset {
  switch (geometry) {
    case 'MultiPolygon':
      return encodePolygons(builder, shape.polygons);
    case 'MultiLineString':
      return encodeParts(builder, shape.lines, GeometryType.MultiLineString);
    case 'MultiPoint':
      return encodeParts(builder, [shape.points], GeometryType.MultiPoint);
  }
}

export interface FeatureRecord {
  readonly properties: Properties;
  /** `null` in layers without a place. */
  readonly shape: Shape | null;
}

/** Encodes the features of one layer. */
export class FeatureEncoder {
  readonly #builder = new Builder(4096);
  readonly #fields: readonly Field[];
  readonly #geometry: LayerGeometry;

  constructor(fields: readonly Field[], geometry: LayerGeometry) {
    this.#fields = fields;
    this.#geometry = geometry;
  }

  /** The bytes of one feature, its length first: a copy, the builder is used again. */
  encode(record: FeatureRecord): Uint8Array {
    const builder = this.#builder;
    builder.clear();
    const properties = encodeProperties(this.#fields, record.properties);
    const propertiesOffset = Feature.createPropertiesVector(builder, properties);
    const geometryOffset =
      record.shape === null || this.#geometry === null
        ? 0
        : encodeGeometry(builder, record.shape, this.#geometry);
    Feature.startFeature(builder);
    if (geometryOffset !== 0) Feature.addGeometry(builder, geometryOffset);
    Feature.addProperties(builder, propertiesOffset);
    builder.finishSizePrefixed(Feature.endFeature(builder));
    return builder.asUint8Array().slice();
  }
}
