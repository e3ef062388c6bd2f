/**
 * A part of a figure: all points of a shape, all its lines, or one of its polygons, its
 * edges under a tree of boxes where they are many. An edge is told by coordinates and the
 * index in them of its first vertex; a point is an edge of length zero.
 */
import { BoxTree, emptyBoxes, FANOUT, widen } from './box-tree.ts';
import { edgesCross } from './edge.ts';
import type { Box } from './lattice.ts';
import type { Coordinates } from './shape.ts';
import { inStrips } from './strips.ts';

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

/** The box of the edge at index `i`. */
export function boxOfEdge(xy: Coordinates, i: number): Box {
  const x0 = xy[i] ?? NaN;
  const y0 = xy[i + 1] ?? NaN;
  const x1 = xy[i + 2] ?? NaN;
  const y1 = xy[i + 3] ?? NaN;
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
}

/** All edges of `paths` in runs of `FANOUT`. */
function runsOf(paths: readonly Coordinates[], step: number): Run[] {
  const runs: Run[] = [];
  for (const xy of inStrips(paths, (path) => [path[0] ?? NaN, path[1] ?? NaN])) {
    const last = xy.length - 2;
    for (let start = 0, end = 0; start < last; start = end) {
      runs.push({ xy, start, end: (end = Math.min(start + FANOUT * step, last)) });
    }
  }
  return runs;
}

function treeOf(runs: readonly Run[]): BoxTree {
  const boxes = emptyBoxes(runs.length);
  runs.forEach(({ xy, start, end }, run) => {
    for (let i = start; i <= end; i += 2) widen(boxes, 4 * run, xy[i] ?? NaN, xy[i + 1] ?? NaN);
  });
  return new BoxTree(boxes);
}

/** Whether `test` holds for any edge, from the one at `start` to the vertex at `end`, whose box shares a point with `box`. */
function someBetween(
  xy: Coordinates,
  start: number,
  end: number,
  step: number,
  box: Box,
  test: EdgeTest,
): boolean {
  const [left, bottom, right, top] = box;
  for (let i = start; i < end; i += step) {
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

/** Whether any edge of `paths` meets the one at `i` of `xy`. */
function someMeets(paths: readonly Coordinates[], step: number, xy: Coordinates, i: number): boolean {
  const [ax, ay, bx, by] = [xy[i] ?? NaN, xy[i + 1] ?? NaN, xy[i + 2] ?? NaN, xy[i + 3] ?? NaN];
  const left = ax < bx ? ax : bx;
  const right = ax < bx ? bx : ax;
  const bottom = ay < by ? ay : by;
  const top = ay < by ? by : ay;
  for (const own of paths) {
    for (let j = 0; j + 2 < own.length; j += step) {
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

const NO_RUNS: readonly Run[] = [];

export class Part {
  readonly dimension: Dimension;
  readonly box: Box;
  /** Rings or lines, each of two vertices at least; of points, every one twice. */
  readonly paths: readonly Coordinates[];
  /** From an edge to the next in their path. */
  readonly step: number;
  /** How many numbers the paths are. */
  readonly size: number;
  /** Where the edges are many. */
  readonly runs: readonly Run[] = NO_RUNS;
  readonly tree: BoxTree | undefined;

  constructor(dimension: Dimension, box: Box, paths: readonly Coordinates[]) {
    this.dimension = dimension;
    this.box = box;
    this.paths = paths;
    this.step = dimension === 0 ? 4 : 2;
    let size = 0;
    for (const xy of paths) size += xy.length;
    this.size = size;
    if (size > FEW * 2) {
      this.runs = runsOf(paths, this.step);
      this.tree = treeOf(this.runs);
    }
  }

  /** Whether `test` holds for any edge whose box shares a point with `box`. */
  some(box: Box, test: EdgeTest): boolean {
    const { paths, step, runs, tree } = this;
    if (tree !== undefined) {
      return tree.some(box, (n) => {
        const run = runs[n];
        return run !== undefined && someBetween(run.xy, run.start, run.end, step, box, test);
      });
    }
    for (const xy of paths) if (someBetween(xy, 0, xy.length - 2, step, box, test)) return true;
    return false;
  }

  /** Whether the edge at `i` of `xy` meets any of this part. */
  meets(xy: Coordinates, i: number): boolean {
    if (this.tree === undefined) return someMeets(this.paths, this.step, xy, i);
    return this.some(boxOfEdge(xy, i), (own, j) => edgesCross(xy, i, own, j));
  }

  /** Whether the edge at `i`, of any path of this part, begins a chain: a ring, a line or a point. */
  startsChain(i: number): boolean {
    return i === 0 || this.dimension === 0;
  }
}
