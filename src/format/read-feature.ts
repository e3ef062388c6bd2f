/**
 * A feature as FlatGeobuf encodes it, and as our own writer does: no column that the
 * layer lacks, coordinates on the lattice. Refuses offsets and counts that lead out of its
 * bytes: `CorruptFile`. flatgeobuf's generated classes do the same in ten times
 * the code.
 */
import { toLattice } from '../geometry/lattice.ts';
import type { Coordinates, Rings, Shape } from '../geometry/shape.ts';
import { times } from './byte-reader.ts';
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

/** The tables and vectors of `bytes`, by where they stand; 0: none. All of it throws RangeError. */
function flatBuffer(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const uint16 = (at: number): number => view.getUint16(at, true);
  const uint32 = (at: number): number => view.getUint32(at, true);
  const follow = (at: number): number => at + uint32(at);
  const slot = (table: number, number: number): number => {
    const slots = table - view.getInt32(table, true);
    const entry = 4 + 2 * number;
    const offset = entry < uint16(slots) ? uint16(slots + entry) : 0;
    return offset && follow(table + offset);
  };
  const items = <T>(vector: number, size: number, read: (at: number) => T): T[] =>
    times(vector && uint32(vector), (i) => read(vector + 4 + i * size));
  return { bytes, view, uint16, uint32, follow, slot, items };
}

type FlatBuffer = ReturnType<typeof flatBuffer>;

/** The lines or rings of a geometry; a single one has no ends. */
function pathsOf({ view, uint32, slot, items }: FlatBuffer, geometry: number): Coordinates[] {
  const ordinates = items(slot(geometry, XY), 8, (at) => toLattice(view.getFloat64(at, true)));
  const xy = new Float64Array(ordinates);
  const ends = items(slot(geometry, ENDS), 4, uint32);
  let start = 0;
  return (ends.length > 0 ? ends : [xy.length / 2]).map((end) => xy.subarray(start, (start = 2 * end)));
}

/** Each value stands after the number of its column; nulls are left out. */
function valuesOf(
  { bytes, view, uint16, uint32 }: FlatBuffer,
  vector: number,
  fields: readonly Field[],
): Value[] {
  const values = fields.map((): Value => null);
  const end = vector && vector + 4 + uint32(vector);
  for (let at = vector + 4; at < end;) {
    const column = uint16(at);
    const { type } = must(fields[column], `column ${column}`);
    at += 2;
    let size = 8;
    if (type === 'string') {
      size = 4 + uint32(at);
      values[column] = utf8.decode(bytes.subarray(at + 4, at + size));
    } else if (type === 'boolean') {
      size = 1;
      values[column] = view.getUint8(at) > 0;
    } else {
      values[column] = type === 'integer' ? Number(view.getBigInt64(at, true)) : view.getFloat64(at, true);
    }
    at += size;
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
    const buffer = flatBuffer(bytes);
    const { follow, slot, items } = buffer;
    const feature = follow(4);
    const place = geometry && slot(feature, 0);
    const polygon = (at: number): Rings => pathsOf(buffer, follow(at));
    return {
      values: valuesOf(buffer, slot(feature, 1), fields),
      shape: place
        ? readShape(
            geometry,
            () => items(slot(place, PARTS), 4, polygon),
            () => pathsOf(buffer, place),
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
    const { follow } = flatBuffer(bytes);
    let at = 0;
    const features = times(count, () => bytes.subarray(at, (at = 4 + follow(at))));
    must(at === bytes.length, 'end');
    return features;
  });
}
