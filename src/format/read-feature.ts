/**
 * A feature as FlatGeobuf encodes it, and as our own writer does: no column that the
 * layer lacks, coordinates on the lattice. Refuses offsets, counts and ends that lead out
 * of its bytes: `CorruptFile`. flatgeobuf's generated classes do the same in ten times
 * the code.
 */
import { toLattice } from '../geometry/lattice.ts';
import { boxOf, type Coordinates, type Shape } from '../geometry/shape.ts';
import type { Field, LayerGeometry } from './catalogue.ts';
import { corrupt } from './corrupt.ts';
import type { Value } from './feature-values.ts';

export interface ReadFeature {
  /** In the order of the layer's fields. */
  readonly values: readonly Value[];
  /** `null` when the feature has no place. */
  readonly shape: Shape | null;
}

/** What a layer's features are. */
export interface FeatureSchema {
  readonly fields: readonly Field[];
  readonly geometry: LayerGeometry;
}

/** Where the value of each slot of a table stands; 0: nowhere. */
type Table = (slot: number) => number;

const utf8 = new TextDecoder();

/** The table that the offset at `at` leads to. */
function tableAt(view: DataView, at: number): Table {
  const start = at + view.getUint32(at, true);
  const slots = start - view.getInt32(start, true);
  const end = view.getUint16(slots, true);
  return (slot) => {
    const offset = 4 + 2 * slot < end ? view.getUint16(slots + 4 + 2 * slot, true) : 0;
    return offset === 0 ? 0 : start + offset;
  };
}

/** Where the items of the vector stand that the offset at `at` leads to; none for 0. */
function vectorAt(view: DataView, at: number, size: number): readonly [start: number, length: number] {
  if (at === 0) return [0, 0];
  const start = at + view.getUint32(at, true);
  const length = view.getUint32(start, true);
  if (start + 4 + length * size > view.byteLength) throw new RangeError(`a vector of ${length}`);
  return [start + 4, length];
}

const [ENDS, XY, PARTS] = [0, 1, 7];

/** The lines or rings of a geometry; a single one has no ends. */
function pathsOf(view: DataView, geometry: Table): Coordinates[] {
  const [xyStart, length] = vectorAt(view, geometry(XY), 8);
  const xy = Float64Array.from({ length }, (_, i) => toLattice(view.getFloat64(xyStart + 8 * i, true)));
  const [endsStart, count] = vectorAt(view, geometry(ENDS), 4);
  const ends = Array.from({ length: count }, (_, i) => 2 * view.getUint32(endsStart + 4 * i, true));
  let start = 0;
  const paths = (count === 0 ? [length] : ends).map((end) => {
    if (end <= start || end > length) throw new RangeError(`a part that ends at ${end}`);
    return xy.subarray(start, (start = end));
  });
  if (start !== length || !xy.every(Number.isFinite)) throw new RangeError(`coordinates of ${start}`);
  return paths;
}

function shapeOf(view: DataView, at: number, type: NonNullable<LayerGeometry>): Shape {
  const geometry = tableAt(view, at);
  const [start, parts] = vectorAt(view, geometry(PARTS), 4);
  const polygons = Array.from({ length: parts }, (_, i) => pathsOf(view, tableAt(view, start + 4 * i)));
  const paths = type === 'MultiPolygon' ? [] : pathsOf(view, geometry);
  const isLines = type === 'MultiLineString';
  const points = isLines ? undefined : paths[0];
  const shape = { points: points ?? new Float64Array(), lines: isLines ? paths : [], polygons };
  return { ...shape, box: boxOf(shape) };
}

/** The value at `at` and where it ends. */
function valueAt(view: DataView, at: number, { type }: Field): readonly [Value, end: number] {
  switch (type) {
    case 'boolean':
      return [view.getUint8(at) !== 0, at + 1];
    case 'integer':
      return [Number(view.getBigInt64(at, true)), at + 8];
    case 'number':
      return [view.getFloat64(at, true), at + 8];
    case 'string': {
      const length = view.getUint32(at, true);
      return [utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at + 4, length)), at + 4 + length];
    }
  }
}

function valuesOf(view: DataView, at: number, fields: readonly Field[]): Value[] {
  const values = fields.map((): Value => null);
  const [start, length] = vectorAt(view, at, 1);
  for (let next = start; next < start + length;) {
    const column = view.getUint16(next, true);
    const field = fields[column];
    if (field === undefined) throw new RangeError(`column ${column}`);
    [values[column] = null, next] = valueAt(view, next + 2, field);
  }
  return values;
}

/**
 * The feature in `bytes`, its length first; `name` names it in errors.
 * @throws CartoError `CorruptFile`.
 */
export function readFeature(bytes: Uint8Array, schema: FeatureSchema, name: string): ReadFeature {
  const { fields, geometry } = schema;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const feature = tableAt(view, 4);
    const [place, properties] = [feature(0), feature(1)];
    const shape = place === 0 || geometry === null ? null : shapeOf(view, place, geometry);
    return { values: valuesOf(view, properties, fields), shape };
  } catch (error) {
    return corrupt(name, `a feature that cannot be decoded: ${String(error)}`);
  }
}

/**
 * The features of a run of `count`, each with its length first.
 * @throws CartoError `CorruptFile` when the lengths do not fill `bytes`.
 */
export function splitFeatures(bytes: Uint8Array, count: number, name: string): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const features: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + view.getUint32(at, true);
    features.push(bytes.subarray(at, end));
    at = end;
  }
  return at === bytes.length && features.length === count
    ? features
    : corrupt(name, `${features.length} features of ${at} bytes where ${count} of ${bytes.length} were told`);
}
