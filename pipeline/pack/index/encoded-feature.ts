/**
 * A feature as a FlatGeobuf file holds it, found where it lies: nothing is copied. For
 * files of our own packing; refuses vectors and paths that pass the feature.
 */
import type { LayerGeometry } from '../../../src/format/catalogue.ts';
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

/** Told of a path: the position of its first vertex, and how many it has. */
export type PathVisitor = (at: number, vertices: number) => void;

/** Visits the rings or lines of the geometry at `table`. */
function visitPaths(feature: EncodedFeature, table: number, visit: PathVisitor): void {
  const { view } = feature.chunk;
  const xy = vectorOf(feature, table, XY, 8);
  const ends = vectorOf(feature, table, ENDS, 4);
  const vertices = xy.count / 2;
  let start = 0;
  for (let i = 0; i < ends.count; i++) {
    const end = view.getUint32(ends.at + 4 * i, true);
    if (end <= start || end > vertices) throw new RangeError(`vertices ${start} to ${end} of ${vertices}`);
    visit(xy.at + 16 * start, end - start);
    start = end;
  }
  if (ends.count === 0 && vertices > 0) visit(xy.at, vertices);
}

/** The table of its geometry; 0 when it has no place. */
function geometryOf(feature: EncodedFeature): number {
  return follow(feature.chunk.view, tableOf(feature), GEOMETRY);
}

/** Visits every path of a feature; `onPolygon` comes before the rings of each polygon. */
export function visitGeometry(
  feature: EncodedFeature,
  geometry: LayerGeometry,
  visit: PathVisitor,
  onPolygon?: () => void,
): void {
  const table = geometry === null ? 0 : geometryOf(feature);
  if (table === 0) return;
  if (geometry !== 'MultiPolygon') {
    visitPaths(feature, table, visit);
    return;
  }
  const { view } = feature.chunk;
  const parts = vectorOf(feature, table, PARTS, 4);
  for (let i = 0, at = parts.at; i < parts.count; i++, at += 4) {
    onPolygon?.();
    visitPaths(feature, at + view.getUint32(at, true), visit);
  }
}

/** The encoded properties of a feature: bytes. */
export function propertiesOf(feature: EncodedFeature): Vector {
  return vectorOf(feature, tableOf(feature), PROPERTIES, 1);
}
