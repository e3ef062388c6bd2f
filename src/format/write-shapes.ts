/**
 * Writing shapes and local parts into a page: counts, then vertices. A vertex that no
 * path had before is written as its difference from the one before it, another by its
 * number: neighbours share their borders, which so takes a quarter off a page of parcels.
 * Refuses shapes of another kind than the layer's and rings that are not closed.
 */
import type { LocalPart } from '../geometry/local.ts';
import type { Coordinates, Rings, Shape } from '../geometry/shape.ts';
import type { LayerGeometry } from './catalogue.ts';
import { COVERS, IS_OVER } from './read-shapes.ts';
import { zigzag, type VarintWriter } from './varint.ts';

export interface ShapeWriter {
  /** @throws RangeError for a shape that is not of `geometry`, or a ring that is not closed. */
  readonly shape: (shape: Shape, geometry: LayerGeometry) => void;
  readonly part: (part: LocalPart) => void;
}

type WritePath = (xy: Coordinates) => void;

/** Writes paths; each has at least one vertex. */
function writePaths(out: VarintWriter): WritePath {
  const numbers = new Map<number, number>();
  const [xs, ys]: [number[], number[]] = [[], []];
  let last = 0;
  const vertex = (x: number, y: number): void => {
    // Two vertices may have one sum: then the later one is what is remembered.
    const sum = x * 65521 + y;
    const known = numbers.get(sum) ?? -1;
    if (xs[known] === x && ys[known] === y) {
      out.unsigned(2 * zigzag(known - last) + 1);
      last = known;
      return;
    }
    out.unsigned(2 * zigzag(x - (xs[last] ?? 0)));
    out.signed(y - (ys[last] ?? 0));
    last = xs.push(x) - 1;
    ys.push(y);
    numbers.set(sum, last);
  };
  return (xy) => {
    if (xy.length === 0) throw new RangeError('a path without vertices');
    out.unsigned(xy.length / 2);
    for (let i = 0; i < xy.length; i += 2) vertex(xy[i] ?? NaN, xy[i + 1] ?? NaN);
  };
}

function openRing(xy: Coordinates): Coordinates {
  const isClosed = xy.length > 2 && xy[0] === xy.at(-2) && xy[1] === xy.at(-1);
  if (!isClosed) throw new RangeError('a ring that is not closed');
  return xy.subarray(0, -2);
}

function checkKind({ points, lines, polygons }: Shape, geometry: LayerGeometry): void {
  const kinds = { MultiPoint: points.length, MultiLineString: lines.length, MultiPolygon: polygons.length };
  const others = Object.entries(kinds).filter(([kind, size]) => kind !== geometry && size > 0);
  if (others.length > 0) throw new RangeError(`a shape of ${others.join(' and ')} where ${geometry} goes`);
}

/** Writes to `out`, which has no other writer of shapes. */
export function writeShapes(out: VarintWriter): ShapeWriter {
  const path = writePaths(out);
  const list = <T>(items: readonly T[], write: (item: T) => void): void => {
    out.unsigned(items.length);
    for (const item of items) write(item);
  };
  const ring = (xy: Coordinates): void => {
    path(openRing(xy));
  };
  const polygon = (rings: Rings): void => {
    list(rings, ring);
  };
  return {
    shape: (shape, geometry) => {
      checkKind(shape, geometry);
      if (geometry === 'MultiPolygon') list(shape.polygons, polygon);
      else list(geometry === 'MultiPoint' ? pathsOfPoints(shape.points) : shape.lines, path);
    },
    part: ({ dimension, covers, isOver, chains }) => {
      out.unsigned(dimension + (covers ? COVERS : 0) + (isOver ? IS_OVER : 0));
      if (!covers) list(chains, path);
      else if (chains.length > 0) throw new RangeError('a part that covers its cell has no chains');
    },
  };
}

/** All points are one path; none are none. */
function pathsOfPoints(points: Coordinates): Coordinates[] {
  return points.length === 0 ? [] : [points];
}
