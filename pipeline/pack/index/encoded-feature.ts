/**
 * A feature as a FlatGeobuf file holds it, read where it lies: its values, and its shape
 * on the lattice. Written for speed, and for files of our own packing: other geometry
 * types, other columns and vectors that pass the feature are refused.
 */
import type { Field, LayerGeometry } from '../../../src/format/catalogue.ts';
import type { Value } from '../../../src/format/feature-values.ts';
import { toLattice } from '../../../src/geometry/lattice.ts';
import { boxOf, type Coordinates, type Rings, type Shape } from '../../../src/geometry/shape.ts';
import type { Chunk } from './chunk.ts';

/** Where a feature lies, its length first. */
export interface EncodedFeature {
  readonly chunk: Chunk;
  readonly at: number;
  /** Bytes, the four of the length included. */
  readonly length: number;
}

/** Numbers of the fields in FlatGeobuf's tables. */
const [GEOMETRY, PROPERTIES] = [0, 1];
const [ENDS, XY, PARTS] = [0, 1, 7];

const NO_COORDINATES: Coordinates = new Float64Array(0);

/** The position of what `field` of the table at `table` holds; 0 when it holds nothing. */
function fieldOf(view: DataView, table: number, field: number): number {
  const vtable = table - view.getInt32(table, true);
  const slot = 4 + 2 * field;
  if (slot >= view.getUint16(vtable, true)) return 0;
  const offset = view.getUint16(vtable + slot, true);
  return offset === 0 ? 0 : table + offset;
}

/** The position that the offset in `field` leads to; 0 when there is none. */
function follow(view: DataView, table: number, field: number): number {
  const at = fieldOf(view, table, field);
  return at === 0 ? 0 : at + view.getUint32(at, true);
}

/** Elements one after the other. */
export interface Vector {
  /** Of its first element. */
  readonly at: number;
  readonly count: number;
}

const NO_VECTOR: Vector = { at: 0, count: 0 };

function vectorOf(feature: EncodedFeature, table: number, field: number, size: number): Vector {
  const { view } = feature.chunk;
  const at = follow(view, table, field);
  if (at === 0) return NO_VECTOR;
  const count = view.getUint32(at, true);
  if (at + 4 + count * size > feature.at + feature.length) {
    throw new RangeError(`a vector of ${count} elements passes its feature of ${feature.length} bytes`);
  }
  return { at: at + 4, count };
}

function tableOf({ chunk: { view }, at }: EncodedFeature): number {
  return at + 4 + view.getUint32(at + 4, true);
}

/** The vertices [start, end) of `xy`. */
function coordinates(view: DataView, xy: Vector, start: number, end: number): Coordinates {
  if (2 * end > xy.count || start > end)
    throw new RangeError(`vertices ${start} to ${end} of ${xy.count / 2}`);
  const flat = new Float64Array(2 * (end - start));
  for (let i = 0, at = xy.at + 16 * start; i < flat.length; i++, at += 8) {
    flat[i] = toLattice(view.getFloat64(at, true));
  }
  return flat;
}

/** The rings or lines of the geometry at `table`. */
function paths(feature: EncodedFeature, table: number): Coordinates[] {
  const { view } = feature.chunk;
  const xy = vectorOf(feature, table, XY, 8);
  const ends = vectorOf(feature, table, ENDS, 4);
  if (ends.count === 0) return [coordinates(view, xy, 0, xy.count / 2)];
  let start = 0;
  return Array.from({ length: ends.count }, (_, i) => {
    const end = view.getUint32(ends.at + 4 * i, true);
    const path = coordinates(view, xy, start, end);
    start = end;
    return path;
  });
}

function polygons(feature: EncodedFeature, table: number): Rings[] {
  const { view } = feature.chunk;
  const parts = vectorOf(feature, table, PARTS, 4);
  return Array.from({ length: parts.count }, (_, i) => {
    const at = parts.at + 4 * i;
    return paths(feature, at + view.getUint32(at, true));
  });
}

/** The shape of a feature of a layer of `geometry`; `null` when it has no place. */
export function shapeOf(feature: EncodedFeature, geometry: LayerGeometry): Shape | null {
  const table = follow(feature.chunk.view, tableOf(feature), GEOMETRY);
  if (table === 0 || geometry === null) return null;
  const parts = {
    points: geometry === 'MultiPoint' ? (paths(feature, table)[0] ?? NO_COORDINATES) : NO_COORDINATES,
    lines: geometry === 'MultiLineString' ? paths(feature, table) : [],
    polygons: geometry === 'MultiPolygon' ? polygons(feature, table) : [],
  };
  return { ...parts, box: boxOf(parts) };
}

function valueAt(chunk: Chunk, at: number, field: Field): { readonly value: Value; readonly end: number } {
  const { view, bytes } = chunk;
  switch (field.type) {
    case 'string': {
      const end = at + 4 + view.getUint32(at, true);
      return { value: bytes.toString('utf8', at + 4, end), end };
    }
    case 'integer': {
      const value = view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
      return { value, end: at + 8 };
    }
    case 'number':
      return { value: view.getFloat64(at, true), end: at + 8 };
    case 'boolean':
      return { value: view.getUint8(at) !== 0, end: at + 1 };
  }
}

/** The encoded properties of a feature: bytes. */
export function propertiesOf(feature: EncodedFeature): Vector {
  return vectorOf(feature, tableOf(feature), PROPERTIES, 1);
}

/** The values of a feature, in the order of `fields`, which are the columns of its file. */
export function valuesOf(feature: EncodedFeature, fields: readonly Field[]): Value[] {
  const { chunk } = feature;
  const { at: start, count } = propertiesOf(feature);
  const values = fields.map((): Value => null);
  for (let at = start; at < start + count;) {
    const column = chunk.view.getUint16(at, true);
    const field = fields[column];
    if (field === undefined) throw new RangeError(`column ${column} of ${fields.length}`);
    const { value, end } = valueAt(chunk, at + 2, field);
    values[column] = value;
    at = end;
  }
  return values;
}
