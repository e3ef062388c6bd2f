/**
 * A figure: all edges of a shape under one tree of boxes, ready to be asked what is near.
 * Each level of the tree packs sixteen neighbours into one box; the edges of a ring follow
 * each other on the ground, so their order is a good one already, and paths are put in one.
 *
 * An edge is told by coordinates and the index in them of its first vertex. A point is an
 * edge of length zero.
 */
import { boxesMeet, type Box } from './lattice.ts';
import { boxOfPaths, boxOfVertices, type Coordinates, type Dimension, type Shape } from './shape.ts';

/** How many boxes are packed into one of the level above. */
export const FANOUT = 16;

/** Numbers of the vertices of a run: 32 edges, so that most parcels are one, and no tree is needed. */
const RUN = 64;

/** All points of a shape, all its lines, or one of its polygons. */
export interface Part {
  readonly dimension: Dimension;
  /** Of local parts, chains: rings cut open. A path of one vertex is a point. */
  readonly paths: readonly Coordinates[];
}

/** Consecutive edges of one path: from the one at `start` to the vertex at `end`. */
export interface Run {
  readonly part: Part;
  readonly xy: Coordinates;
  readonly start: number;
  readonly end: number;
}

export interface Figure {
  readonly box: Box;
  readonly runs: readonly Run[];
  /** The boxes of the runs, then level upon level up to a single box. */
  readonly levels: readonly (readonly Box[])[];
}

export type EdgeTest = (xy: Coordinates, i: number, run: Run) => boolean;

/** Asked of a box with its least x and the first and the last run in it. */
export type Settled = (minX: number, first: Run, last: Run) => boolean;

/** `items` so that those beside each other are near each other: in columns, each from south to north. */
export function inOrder<T>(items: readonly T[], place: (item: T) => ArrayLike<number>): readonly T[] {
  if (items.length <= FANOUT) return items;
  const column = Math.ceil(Math.sqrt(items.length));
  const along = (axis: number, some: readonly T[]): T[] =>
    some.toSorted((a, b) => (place(a)[axis] ?? 0) - (place(b)[axis] ?? 0));
  const columns = along(0, items);
  return items.flatMap((_, i) => (i % column === 0 ? along(1, columns.slice(i, i + column)) : []));
}

const boxOfRun = ({ xy, start, end }: Run): Box => boxOfVertices(xy, start, end + 2);

const firstOf = ({ paths }: Part): Coordinates => paths[0] ?? new Float64Array();
const itself = (path: Coordinates): Coordinates => path;

function runsOf(parts: readonly Part[]): Run[] {
  const runs: Run[] = [];
  for (const part of inOrder(parts, firstOf)) {
    for (const path of inOrder(part.paths, itself)) {
      const xy = path.length === 2 ? Float64Array.of(...path, ...path) : path;
      const last = xy.length - 2;
      for (let start = 0, end = 0; start < last; start = end) {
        runs.push({ part, xy, start, end: (end = Math.min(start + RUN, last)) });
      }
    }
  }
  return runs;
}

/** The figure of `parts`, which lie in `box`. */
export function figureOfParts(box: Box, parts: readonly Part[]): Figure {
  const runs = runsOf(parts);
  let level = runs.length === 1 ? [box] : runs.map(boxOfRun);
  const levels = [level];
  while (level.length > 1) {
    const below = level;
    level = [];
    for (let i = 0; i < below.length; i += FANOUT) level.push(boxOfPaths(below.slice(i, i + FANOUT)));
    levels.push(level);
  }
  return { box, runs, levels };
}

/** The figure of `shape`. */
export function figureOf({ points, lines, polygons, box }: Shape): Figure {
  const parts: Part[] = [];
  for (const paths of polygons) parts.push({ dimension: 2, paths });
  if (lines.length > 0) parts.push({ dimension: 1, paths: lines });
  if (points.length > 0) {
    const places: Coordinates[] = [];
    for (let i = 0; i < points.length; i += 2) places.push(points.subarray(i, i + 2));
    parts.push({ dimension: 0, paths: places });
  }
  return figureOfParts(box, parts);
}

/** The box of the edge at index `i`. */
export function boxOfEdge(xy: Coordinates, i: number): Box {
  const x0 = xy[i] ?? NaN;
  const y0 = xy[i + 1] ?? NaN;
  const x1 = xy[i + 2] ?? NaN;
  const y1 = xy[i + 3] ?? NaN;
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
}

/** Whether the box of the edge at `i` shares no point with another, told by its sides: neither is made for this. */
export function isApart(
  xy: Coordinates,
  i: number,
  left: number,
  bottom: number,
  right: number,
  top: number,
): boolean {
  const x0 = xy[i] ?? NaN;
  const x1 = xy[i + 2] ?? NaN;
  if ((x0 < left && x1 < left) || (x0 > right && x1 > right)) return true;
  const y0 = xy[i + 1] ?? NaN;
  const y1 = xy[i + 3] ?? NaN;
  return (y0 < bottom && y1 < bottom) || (y0 > top && y1 > top);
}

/** Whether `test` holds for any edge of `run` whose box shares a point with `box`. */
export function someEdgeOf(run: Run, [left, bottom, right, top]: Box, test: EdgeTest): boolean {
  const { xy, start, end } = run;
  for (let i = start; i < end; i += 2) {
    if (!isApart(xy, i, left, bottom, right, top) && test(xy, i, run)) return true;
  }
  return false;
}

/**
 * Whether `test`, asked with its box, holds for any run whose box shares a point with `box`. Under a box for
 * which `isSettled`, none is tested.
 */
export function someRun(
  { runs, levels }: Figure,
  box: Box,
  test: (run: Run, own: Box) => boolean,
  isSettled?: Settled,
): boolean {
  const look = (level: number, node: number): boolean => {
    const own = levels[level]?.[node];
    if (own === undefined || !boxesMeet(own, box)) return false;
    if (isSettled) {
      const span = FANOUT ** level;
      const last = Math.min((node + 1) * span, runs.length) - 1;
      if (isSettled(own[0], runs[node * span] as Run, runs[last] as Run)) return false;
    }
    if (level === 0) return test(runs[node] as Run, own);
    for (let child = node * FANOUT; child < (node + 1) * FANOUT; child++) {
      if (look(level - 1, child)) return true;
    }
    return false;
  };
  return look(levels.length - 1, 0);
}

/** The same of edges. */
export function someEdge(figure: Figure, box: Box, test: EdgeTest, isSettled?: Settled): boolean {
  return someRun(figure, box, (run) => someEdgeOf(run, box, test), isSettled);
}
