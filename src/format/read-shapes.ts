/**
 * Reading shapes and local parts from a page, as write-shapes.ts writes them. Refuses
 * counts that pass the end, numbers of no vertex, and vertices outside of the root cell.
 */
import type { LocalPart } from '../geometry/local.ts';
import { boxOf, type Coordinates, type Rings, type Shape } from '../geometry/shape.ts';
import type { LayerGeometry } from './catalogue.ts';
import { ORIGIN } from './cells.ts';
import { corrupt } from './corrupt.ts';
import { unzigzag, type VarintReader } from './varint.ts';

/** What a local part is, added to its dimension. */
export const COVERS = 4;
export const IS_OVER = 8;

const NO_POINTS: Coordinates = new Float64Array(0);

export interface ShapeReader {
  readonly shape: (geometry: LayerGeometry) => Shape;
  readonly part: () => LocalPart;
}

/** Reads vertices. */
function readVertices(varints: VarintReader, name: string): () => readonly [number, number] {
  const known: (readonly [number, number])[] = [];
  let last = 0;
  return () => {
    const head = varints.unsigned();
    const step = unzigzag(Math.floor(head / 2));
    if (head % 2 === 1) return known[(last += step)] ?? corrupt(name, 'vertex');
    const [x, y] = known[last] ?? [0, 0];
    const vertex = [x + step, y + varints.signed()] as const;
    if (!vertex.every((value) => Math.abs(value) <= ORIGIN)) corrupt(name, 'vertex');
    last = known.push(vertex) - 1;
    return vertex;
  };
}

/** Reads from `varints`, from where they stand. All of it throws CartoError `CorruptFile`. */
export function readShapes(varints: VarintReader, name: string): ShapeReader {
  const vertex = readVertices(varints, name);
  const path = (isRing: boolean): Coordinates => {
    const n = varints.count(1);
    if (n === 0) return corrupt(name, 'path');
    const xy = new Float64Array(2 * n + (isRing ? 2 : 0));
    for (let i = 0; i < 2 * n; i += 2) xy.set(vertex(), i);
    if (isRing) xy.copyWithin(2 * n, 0, 2);
    return xy;
  };
  const list = <T>(read: () => T): T[] => Array.from({ length: varints.count(1) }, read);
  const line = (): Coordinates => path(false);
  const polygon = (): Rings => list(() => path(true));
  return {
    shape: (geometry) => {
      const parts = {
        points: (geometry === 'MultiPoint' && list(line)[0]) || NO_POINTS,
        lines: geometry === 'MultiLineString' ? list(line) : [],
        polygons: geometry === 'MultiPolygon' ? list(polygon) : [],
      };
      return { ...parts, box: boxOf(parts) };
    },
    part: () => {
      const flags = varints.unsigned();
      const dimension = flags % 4;
      if (flags >= 2 * IS_OVER || dimension === 3) return corrupt(name, 'local part');
      const covers = flags % IS_OVER >= COVERS;
      return {
        dimension: dimension as 0 | 1 | 2,
        covers,
        isOver: flags >= IS_OVER,
        chains: covers ? [] : list(line),
      };
    },
  };
}
