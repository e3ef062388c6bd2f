/**
 * Shapes and local parts in a page: counts, then each vertex as its difference from the
 * one before, whatever that belonged to; what is closed leaves its last vertex out.
 * Refuses counts that pass the end and vertices outside of the root cell.
 */
import type { LocalPart } from '../geometry/local.ts';
import { boxOf, type Coordinates, type Rings, type Shape } from '../geometry/shape.ts';
import type { LayerGeometry } from './catalogue.ts';
import { ORIGIN } from './cells.ts';
import { corrupt } from './corrupt.ts';
import type { VarintReader, VarintWriter } from './varint.ts';

const NO_POINTS: Coordinates = new Float64Array(0);
const COVERS = 4;
const IS_OVER = 8;

export interface ShapeWriter {
  /** @throws RangeError for a shape that is not of `geometry`, or a ring that is not closed. */
  readonly shape: (shape: Shape, geometry: LayerGeometry) => void;
  readonly part: (part: LocalPart) => void;
}

function isClosed(xy: Coordinates): boolean {
  return xy.length > 2 && xy[0] === xy.at(-2) && xy[1] === xy.at(-1);
}

function checkKind({ points, lines, polygons }: Shape, geometry: LayerGeometry): void {
  const kinds = { MultiPoint: points.length, MultiLineString: lines.length, MultiPolygon: polygons.length };
  const others = Object.entries(kinds).filter(([kind, size]) => kind !== geometry && size > 0);
  if (others.length > 0) throw new RangeError(`a shape of ${others.join(' and ')} where ${geometry} goes`);
}

/** Writes to `out`, which must have only this writer of shapes. */
export function writeShapes(out: VarintWriter): ShapeWriter {
  let [x, y] = [0, 0];
  const vertices = (xy: Coordinates, end: number): void => {
    for (let i = 0; i < end; i += 2) {
      out.signed((xy[i] ?? NaN) - x);
      out.signed((xy[i + 1] ?? NaN) - y);
      [x, y] = [xy[i] ?? NaN, xy[i + 1] ?? NaN];
    }
  };
  const path = (xy: Coordinates): void => {
    out.unsigned(xy.length / 2);
    vertices(xy, xy.length);
  };
  const ring = (xy: Coordinates): void => {
    if (!isClosed(xy)) throw new RangeError('a ring that is not closed');
    path(xy.subarray(0, -2));
  };
  const list = <T>(items: readonly T[], write: (item: T) => void): void => {
    out.unsigned(items.length);
    for (const item of items) write(item);
  };
  const chain = (xy: Coordinates): void => {
    const end = isClosed(xy) ? xy.length - 2 : xy.length;
    // Twice the number of vertices, less one if closed: never more than the bytes to come.
    out.unsigned(end - (end < xy.length ? 1 : 0));
    vertices(xy, end);
  };
  const polygon = (rings: Rings): void => {
    list(rings, ring);
  };
  return {
    shape: (shape, geometry) => {
      checkKind(shape, geometry);
      if (geometry === 'MultiPoint') path(shape.points);
      else if (geometry === 'MultiLineString') list(shape.lines, path);
      else list(shape.polygons, polygon);
    },
    part: ({ dimension, covers, isOver, chains }) => {
      out.unsigned(dimension + (covers ? COVERS : 0) + (isOver ? IS_OVER : 0));
      if (!covers) list(chains, chain);
      else if (chains.length > 0) throw new RangeError('a part that covers its cell has no chains');
    },
  };
}

export interface ShapeReader {
  readonly shape: (geometry: LayerGeometry) => Shape;
  readonly part: () => LocalPart;
}

/** Reads from `varints`, from where they stand. All of it throws CartoError `CorruptFile`. */
export function readShapes(varints: VarintReader, name: string): ShapeReader {
  const last = [0, 0];
  const coordinate = (axis: 0 | 1): number => {
    const value = (last[axis] ?? 0) + varints.signed();
    if (Math.abs(value) > ORIGIN) corrupt(name, `a vertex outside of the root cell`);
    return (last[axis] = value);
  };
  const vertices = (n: number, isClosed = false): Coordinates => {
    if (n === 0) return corrupt(name, 'a path without vertices');
    const xy = new Float64Array(2 * n + (isClosed ? 2 : 0));
    for (let i = 0; i < 2 * n; i += 2) {
      xy[i] = coordinate(0);
      xy[i + 1] = coordinate(1);
    }
    if (isClosed) xy.set(xy.subarray(0, 2), 2 * n);
    return xy;
  };
  const list = <T>(read: () => T): T[] => Array.from({ length: varints.count(1) }, read);
  const chain = (): Coordinates => {
    const size = varints.count(1);
    return vertices(Math.ceil(size / 2), size % 2 === 1);
  };
  const points = (): Coordinates => {
    const n = varints.count(2);
    return n === 0 ? NO_POINTS : vertices(n);
  };
  return {
    shape: (geometry) => {
      const parts = {
        points: geometry === 'MultiPoint' ? points() : NO_POINTS,
        lines: geometry === 'MultiLineString' ? list(() => vertices(varints.count(2))) : [],
        polygons: geometry === 'MultiPolygon' ? list(() => list(() => vertices(varints.count(2), true))) : [],
      };
      return { ...parts, box: boxOf(parts) };
    },
    part: () => {
      const flags = varints.unsigned();
      const dimension = flags % 4;
      if (flags >= 2 * IS_OVER || dimension === 3) return corrupt(name, `a local part of kind ${flags}`);
      const covers = flags % IS_OVER >= COVERS;
      return {
        dimension: dimension as 0 | 1 | 2,
        covers,
        isOver: flags >= IS_OVER,
        chains: covers ? [] : list(chain),
      };
    },
  };
}
