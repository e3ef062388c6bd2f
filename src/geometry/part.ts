/**
 * A part of a figure: all points of a shape, all its lines, or one of its polygons, its
 * edges under a tree of boxes where they are many. An edge is told by coordinates and the
 * index in them of its first vertex; a point is an edge of length zero.
 */
import { FANOUT, inOrder, someItem, treeOver, type BoxTree } from './box-tree.ts';
import { edgesCross } from './edge.ts';
import type { Box } from './lattice.ts';
import { boxOfPaths, type Coordinates } from './shape.ts';

/** Up to so many vertices it is quicker to look at each edge than to make and read boxes over them. */
const FEW = 2 * FANOUT;

/** What edges bound or are: points, lines, or the rings of one polygon. */
export type Dimension = 0 | 1 | 2;

export type EdgeTest = (xy: Coordinates, i: number) => boolean;

/** Consecutive edges of one path: from the one at `start` to the vertex at `end`. */
export interface Run {
  readonly xy: Coordinates;
  readonly start: number;
  readonly end: number;
}

export interface Part {
  readonly dimension: Dimension;
  readonly box: Box;
  /** Rings, lines or points, each of two vertices at least. */
  readonly paths: readonly Coordinates[];
  /** How many numbers the paths are. */
  readonly size: number;
  /** Where the edges are many. */
  readonly tree: BoxTree<Run> | undefined;
}

/** The box of the edge at index `i`. */
export function boxOfEdge(xy: Coordinates, i: number): Box {
  const x0 = xy[i] ?? NaN;
  const y0 = xy[i + 1] ?? NaN;
  const x1 = xy[i + 2] ?? NaN;
  const y1 = xy[i + 3] ?? NaN;
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
}

/** All edges of `paths` in runs of `FANOUT`. */
function runsOf(paths: readonly Coordinates[]): Run[] {
  const runs: Run[] = [];
  for (const xy of inOrder(paths, (path) => path)) {
    const last = xy.length - 2;
    for (let start = 0, end = 0; start < last; start = end) {
      runs.push({ xy, start, end: (end = Math.min(start + 2 * FANOUT, last)) });
    }
  }
  return runs;
}

const isPoint = (xy: Coordinates): boolean => xy.length === 2;

function boxOfRun({ xy, start, end }: Run): Box {
  return boxOfPaths([xy.subarray(start, end + 2)]);
}

/** A path of one vertex as an edge of length zero. */
function edgeOf(xy: Coordinates): Coordinates {
  return isPoint(xy) ? Float64Array.of(...xy, ...xy) : xy;
}

/** The part of some rings, lines or points; a path of one vertex is a point. */
export function partOfPaths(
  dimension: Dimension,
  vertices: readonly Coordinates[],
  box = boxOfPaths(vertices),
): Part {
  const paths = vertices.some(isPoint) ? vertices.map(edgeOf) : vertices;
  let size = 0;
  for (const xy of paths) size += xy.length;
  const tree = size > FEW * 2 ? treeOver(runsOf(paths), boxOfRun) : undefined;
  return { dimension, box, paths, size, tree };
}

/** Whether `test` holds for any edge, from the one at `start` to the vertex at `end`, whose box shares a point with `box`. */
function someBetween(xy: Coordinates, start: number, end: number, box: Box, test: EdgeTest): boolean {
  const [left, bottom, right, top] = box;
  for (let i = start; i < end; i += 2) {
    const x0 = xy[i] ?? NaN;
    const x1 = xy[i + 2] ?? NaN;
    if ((x0 < left && x1 < left) || (x0 > right && x1 > right)) continue;
    const y0 = xy[i + 1] ?? NaN;
    const y1 = xy[i + 3] ?? NaN;
    if ((y0 < bottom && y1 < bottom) || (y0 > top && y1 > top)) continue;
    if (test(xy, i)) return true;
  }
  return false;
}

/** Whether `test` holds for any edge of `part` whose box shares a point with `box`; `isSettled` as `someItem` has it. */
export function someEdge(
  { paths, tree }: Part,
  box: Box,
  test: EdgeTest,
  isSettled?: (minX: number, first: Run, last: Run) => boolean,
): boolean {
  if (tree !== undefined)
    return someItem(tree, box, ({ xy, start, end }) => someBetween(xy, start, end, box, test), isSettled);
  for (const xy of paths) if (someBetween(xy, 0, xy.length - 2, box, test)) return true;
  return false;
}

/** As `meetsEdge`, edge by edge: where they are few, boxes and closures would take longer than the answer. */
function someMeets(paths: readonly Coordinates[], xy: Coordinates, i: number): boolean {
  const [ax, ay, bx, by] = [xy[i] ?? NaN, xy[i + 1] ?? NaN, xy[i + 2] ?? NaN, xy[i + 3] ?? NaN];
  const left = ax < bx ? ax : bx;
  const right = ax < bx ? bx : ax;
  const bottom = ay < by ? ay : by;
  const top = ay < by ? by : ay;
  for (const own of paths) {
    for (let j = 0; j + 2 < own.length; j += 2) {
      const x0 = own[j] ?? NaN;
      const x1 = own[j + 2] ?? NaN;
      if ((x0 < left && x1 < left) || (x0 > right && x1 > right)) continue;
      const y0 = own[j + 1] ?? NaN;
      const y1 = own[j + 3] ?? NaN;
      if ((y0 < bottom && y1 < bottom) || (y0 > top && y1 > top)) continue;
      if (edgesCross(xy, i, own, j)) return true;
    }
  }
  return false;
}

/** Whether the edge at `i` of `xy` meets any of `part`. */
export function meetsEdge(part: Part, xy: Coordinates, i: number): boolean {
  if (part.tree === undefined) return someMeets(part.paths, xy, i);
  return someEdge(part, boxOfEdge(xy, i), (own, j) => edgesCross(xy, i, own, j));
}
