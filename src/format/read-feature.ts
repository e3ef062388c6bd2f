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

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Where the value stands in `slot` of the table that the offset at `at` leads to; 0: nowhere. */
function placeOf(view: DataView, at: number, slot: number): number {
  const start = at + view.getUint32(at, true);
  const slots = start - view.getInt32(start, true);
  const entry = 4 + 2 * slot;
  const offset = entry < view.getUint16(slots, true) ? view.getUint16(slots + entry, true) : 0;
  return offset && start + offset;
}

/** What `item` makes of the places of a vector's items, `size` bytes each; none at 0. */
function vectorAt<T>(view: DataView, at: number, size: number, item: (at: number) => T): T[] {
  const start = at && at + view.getUint32(at, true) + 4;
  const length = start && view.getUint32(start - 4, true);
  if (start + length * size > view.byteLength) throw new RangeError(`a vector of ${length}`);
  return Array.from({ length }, (_, i) => item(start + i * size));
}

/** The lines or rings of the geometry at `at`; a single one has no ends. */
function pathsAt(view: DataView, at: number): Coordinates[] {
  const xy = Float64Array.from(
    vectorAt(view, placeOf(view, at, 1), 8, (item) => toLattice(view.getFloat64(item, true))),
  );
  const ends = vectorAt(view, placeOf(view, at, 0), 4, (item) => 2 * view.getUint32(item, true));
  if (ends.length === 0) ends.push(xy.length);
  if (ends.at(-1) !== xy.length || !xy.every(Number.isFinite)) throw new RangeError('coordinates');
  return ends.map((end, i) => xy.subarray(ends[i - 1], end));
}

function shapeAt(view: DataView, at: number, type: LayerGeometry): Shape | null {
  if (at === 0 || type === null) return null;
  const isLines = type === 'MultiLineString';
  const isArea = type === 'MultiPolygon';
  const paths = isArea ? [] : pathsAt(view, at);
  const shape = {
    points: (isLines ? undefined : paths[0]) ?? new Float64Array(),
    lines: isLines ? paths : [],
    polygons: vectorAt(view, placeOf(view, at, 7), 4, (part) => pathsAt(view, part)),
  };
  return { ...shape, box: boxOf(shape) };
}

const utf8 = new TextDecoder();

/** The value at `at` and its length. */
function valueAt(view: DataView, at: number, { type }: Field): readonly [Value, length: number] {
  if (type === 'boolean') return [view.getUint8(at) !== 0, 1];
  if (type === 'integer') return [Number(view.getBigInt64(at, true)), 8];
  if (type === 'number') return [view.getFloat64(at, true), 8];
  const length = view.getUint32(at, true);
  return [utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at + 4, length)), 4 + length];
}

/** Each value after the number of its column; nulls are left out. */
function valuesAt(view: DataView, at: number, fields: readonly Field[]): Value[] {
  const values = fields.map((): Value => null);
  let next = at && at + view.getUint32(at, true) + 4;
  const end = next && next + view.getUint32(next - 4, true);
  while (next < end) {
    const column = view.getUint16(next, true);
    const field = fields[column];
    if (field === undefined) throw new RangeError(`column ${column}`);
    const [value, length] = valueAt(view, next + 2, field);
    values[column] = value;
    next += 2 + length;
  }
  return values;
}

/**
 * The feature in `bytes`, its length first; `name` names it in errors.
 * @throws CartoError `CorruptFile`.
 */
export function readFeature(
  bytes: Uint8Array,
  { fields, geometry }: FeatureSchema,
  name: string,
): ReadFeature {
  const view = viewOf(bytes);
  try {
    return {
      values: valuesAt(view, placeOf(view, 4, 1), fields),
      shape: shapeAt(view, placeOf(view, 4, 0), geometry),
    };
  } catch (error) {
    return corrupt(name, `feature: ${String(error)}`);
  }
}

/**
 * The features of a run of `count`, each with its length first.
 * @throws CartoError `CorruptFile` when the lengths do not fill `bytes`.
 */
export function splitFeatures(bytes: Uint8Array, count: number, name: string): Uint8Array[] {
  const view = viewOf(bytes);
  const features: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const start = at;
    at += 4 + view.getUint32(at, true);
    features.push(bytes.subarray(start, at));
  }
  return at === bytes.length && features.length === count
    ? features
    : corrupt(name, `run of ${features.length} features, not ${count}`);
}
