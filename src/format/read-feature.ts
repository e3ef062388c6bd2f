/**
 * A feature as FlatGeobuf encodes it, and as our own writer does: no column that the
 * layer lacks, coordinates on the lattice. Refuses offsets and counts that lead out of its
 * bytes: `CorruptFile`. flatgeobuf's generated classes do the same in ten times
 * the code.
 */
import { toLattice } from '../geometry/lattice.ts';
import type { Coordinates, Rings, Shape } from '../geometry/shape.ts';
import { readBytes, times } from './byte-reader.ts';
import type { Field, LayerGeometry } from './catalogue.ts';
import { decoding, must } from './corrupt.ts';
import type { Value } from './feature-values.ts';
import { readShape } from './read-shapes.ts';
import { utf8 } from './utf8.ts';

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

/** Slots of a geometry. */
const ENDS = 0;
const XY = 1;
const PARTS = 7;

function uint16(view: DataView, at: number): number {
  return view.getUint16(at, true);
}

function uint32(view: DataView, at: number): number {
  return view.getUint32(at, true);
}

/** Where the offset at `at` leads. */
function follow(view: DataView, at: number): number {
  return at + uint32(view, at);
}

/** Where slot `number` of a table leads; 0: nowhere. */
function slot(view: DataView, table: number, number: number): number {
  const slots = table - view.getInt32(table, true);
  const entry = 4 + 2 * number;
  const offset = entry < uint16(view, slots) ? uint16(view, slots + entry) : 0;
  return offset && follow(view, table + offset);
}

/** What `read` makes of the items of a vector, `size` bytes each; none at 0. */
function items<T>(view: DataView, vector: number, size: number, read: (at: number) => T): T[] {
  return times(vector && uint32(view, vector), (i) => read(vector + 4 + i * size));
}

/** The lines or rings of a geometry; a single one has no ends. */
function pathsOf(view: DataView, geometry: number): Coordinates[] {
  const ordinates = items(view, slot(view, geometry, XY), 8, (at) => toLattice(view.getFloat64(at, true)));
  const xy = new Float64Array(ordinates);
  const ends = items(view, slot(view, geometry, ENDS), 4, (at) => 2 * uint32(view, at));
  let start = 0;
  return (ends.length > 0 ? ends : [xy.length]).map((end) => xy.subarray(start, (start = end)));
}

/** The value at `at` and where it ends. */
function valueAt(view: DataView, at: number, { type }: Field): readonly [Value, end: number] {
  if (type === 'string') {
    const start = at + 4;
    const end = start + uint32(view, at);
    return [utf8.decode(view.buffer.slice(view.byteOffset + start, view.byteOffset + end)), end];
  }
  if (type === 'boolean') return [view.getUint8(at) > 0, at + 1];
  return [type === 'integer' ? Number(view.getBigInt64(at, true)) : view.getFloat64(at, true), at + 8];
}

/** Each value stands after the number of its column; nulls are left out. */
function valuesOf(view: DataView, vector: number, fields: readonly Field[]): Value[] {
  const values = fields.map((): Value => null);
  const end = vector && vector + 4 + uint32(view, vector);
  for (let at = vector + 4; at < end;) {
    const column = uint16(view, at);
    [values[column] = null, at] = valueAt(view, at + 2, must(fields[column], `column ${column}`));
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
  return decoding(name, () => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const feature = follow(view, 4);
    const place = geometry && slot(view, feature, 0);
    const polygon = (at: number): Rings => pathsOf(view, follow(view, at));
    return {
      values: valuesOf(view, slot(view, feature, 1), fields),
      shape: place
        ? readShape(
            geometry,
            () => items(view, slot(view, place, PARTS), 4, polygon),
            () => pathsOf(view, place),
          )
        : null,
    };
  });
}

/**
 * The features of a run of `count`, each with its length first.
 * @throws CartoError `CorruptFile` when the lengths do not fill `bytes`.
 */
export function splitFeatures(bytes: Uint8Array, count: number, name: string): Uint8Array[] {
  return decoding(name, () => {
    let at = 0;
    const features = times(count, () => {
      const start = at;
      at += 4 + readBytes(bytes.subarray(at)).uint(4);
      return bytes.subarray(start, at);
    });
    must(at === bytes.length, 'end');
    return features;
  });
}
