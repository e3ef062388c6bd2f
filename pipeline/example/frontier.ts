/**
 * Limits between communes. A territory is a warped grid; the line between two nodes
 * depends on the nodes alone, so two neighbours that never meet in memory draw the
 * very same vertices, and communes tile without gap or overlap.
 */
import { randomOf } from './random.ts';
import { onGrid, type Point, type Ring } from './ring.ts';

/** The communes of a département, as cells of a grid. */
export interface Grid {
  readonly name: string;
  readonly epsg: number;
  /** South-west corner, metres. */
  readonly origin: Point;
  /** Metres between nodes before warping. */
  readonly side: number;
}

/** How far a node may leave the regular grid, in sides. */
const NODE_DRIFT = 0.1;
/** How far a middle point may leave its segment, in lengths: small enough for the line never to turn back. */
const LINE_DRIFT = 0.08;
/** Each level doubles the number of segments. */
const LEVELS = 5;

function node(grid: Grid, i: number, j: number): Point {
  const random = randomOf(grid.name, 'node', i, j);
  const drift = (): number => random.uniform(-NODE_DRIFT, NODE_DRIFT);
  return onGrid(grid.origin[0] + (i + drift()) * grid.side, grid.origin[1] + (j + drift()) * grid.side);
}

/** From node (i, j) to its neighbour in direction (di, dj), last point left out. */
function limit(grid: Grid, [i, j]: Point, [di, dj]: Point): Point[] {
  const random = randomOf(grid.name, 'limit', i, j, di, dj);
  let line = [node(grid, i, j), node(grid, i + di, j + dj)];
  for (let level = 0; level < LEVELS; level++) {
    line = line.flatMap((a, k) => {
      const b = line[k + 1];
      if (!b) return [a];
      const off = random.uniform(-LINE_DRIFT, LINE_DRIFT);
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      return [a, onGrid((a[0] + b[0]) / 2 - dy * off, (a[1] + b[1]) / 2 + dx * off)];
    });
  }
  return line.slice(0, -1);
}

/** The same line walked from its end, its own last point left out. */
function reversed(grid: Grid, from: Point, step: Point): Point[] {
  const end = node(grid, from[0] + step[0], from[1] + step[1]);
  return [...limit(grid, from, step), end].reverse().slice(0, -1);
}

/** The commune of cell (i, j), counter-clockwise from its south-west node. */
export function contourOf(grid: Grid, [i, j]: Point): Ring {
  const ring = [
    ...limit(grid, [i, j], [1, 0]),
    ...limit(grid, [i + 1, j], [0, 1]),
    ...reversed(grid, [i, j + 1], [1, 0]),
    ...reversed(grid, [i, j], [0, 1]),
  ];
  return [...ring, node(grid, i, j)];
}
