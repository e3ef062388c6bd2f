/**
 * Where a point lies towards a polygon: by the even-odd rule over all of its rings,
 * counting the edges that a ray from the point towards +x crosses. A stretch of ring
 * wholly to the right of the point crosses the ray an odd number of times exactly when
 * its ends lie on either side of it, so only boxes around the point are ever opened.
 */
import { FANOUT, NO_BOXES } from './box-tree.ts';
import { orientation } from './edge.ts';
import type { EdgeTree } from './edge-tree.ts';
import type { Box } from './lattice.ts';
import type { Coordinates } from './shape.ts';

/** A point to locate; not always on the lattice. */
export interface Probe {
  /** The smallest box with its corners on the lattice that holds the point. */
  readonly box: Box;
  /** On which side of the edge at index `i` it lies, as `orientation` tells it. */
  side(xy: Coordinates, i: number): number;
}

/** The probe of the lattice point (x, y). */
export function latticeProbe(x: number, y: number): Probe {
  return { box: [x, y, x, y], side: (xy, i) => orientation(xy, i, x, y) };
}

/** The probe of the vertex at index `i`. */
export function vertexProbe(xy: Coordinates, i: number): Probe {
  return latticeProbe(xy[i] ?? NaN, xy[i + 1] ?? NaN);
}

export interface Standing {
  /** Whether the ray crosses an odd number of edges, not counting those through the point. */
  readonly isOverOdd: boolean;
  /** Whether an edge passes through the point. */
  readonly isOnEdge: boolean;
}

/** Where `probe` lies towards the rings of `tree`. */
export function locate(tree: EdgeTree, probe: Probe): Standing {
  const ray = new Ray(tree, probe);
  ray.follow();
  return ray;
}

/** Whether `probe` lies within the rings of `tree` or on them. */
export function covers(tree: EdgeTree, probe: Probe): boolean {
  const { isOverOdd, isOnEdge } = locate(tree, probe);
  return isOverOdd || isOnEdge;
}

class Ray implements Standing {
  isOverOdd = false;
  isOnEdge = false;
  private readonly tree: EdgeTree;
  private readonly probe: Probe;

  constructor(tree: EdgeTree, probe: Probe) {
    this.tree = tree;
    this.probe = probe;
  }

  follow(): void {
    const { runs, xy } = this.tree;
    if (runs === undefined) this.meetAll(0, xy.length - 2);
    else this.enter(runs.levels.length - 1, 0);
  }

  /** Follows the ray through the box at `node` of `level`. */
  private enter(level: number, node: number): void {
    const { runs, xy } = this.tree;
    const boxes = runs?.levels[level] ?? NO_BOXES;
    const [left, bottom, right, top] = this.probe.box;
    if (!((boxes[4 * node + 2] ?? NaN) >= right)) return;
    if ((boxes[4 * node + 1] ?? NaN) > bottom || (boxes[4 * node + 3] ?? NaN) < top) return;
    const span = 2 * FANOUT ** (level + 1);
    const end = Math.min((node + 1) * span, xy.length - 2);
    const isRight = (boxes[4 * node] ?? NaN) > left;
    if (isRight && this.tree.connects(node * span, end)) this.cross(node * span, end);
    else if (level === 0) this.meetAll(node * span, end);
    else this.enterChildren(level, node);
  }

  private enterChildren(level: number, node: number): void {
    const count = (this.tree.runs?.levels[level - 1] ?? NO_BOXES).length / 4;
    const end = Math.min((node + 1) * FANOUT, count);
    for (let child = node * FANOUT; child < end; child++) this.enter(level - 1, child);
  }

  /** Crosses a stretch from the vertex at `i` to the one at `j`, connected and wholly right of the point. */
  private cross(i: number, j: number): void {
    const { xy } = this.tree;
    const y = this.probe.box[1];
    if ((xy[i + 1] ?? NaN) > y !== (xy[j + 1] ?? NaN) > y) this.isOverOdd = !this.isOverOdd;
  }

  private meetAll(start: number, end: number): void {
    for (let i = start; i < end; i += 2) {
      if (this.tree.connects(i, i + 2)) this.meet(i);
    }
  }

  private meet(i: number): void {
    const { xy } = this.tree;
    const [left, bottom, right, top] = this.probe.box;
    const x0 = xy[i] ?? NaN;
    const y0 = xy[i + 1] ?? NaN;
    const x1 = xy[i + 2] ?? NaN;
    const y1 = xy[i + 3] ?? NaN;
    if (Math.max(x0, x1) < right || Math.max(y0, y1) < top || Math.min(y0, y1) > bottom) return;
    if (Math.min(x0, x1) > left) {
      this.cross(i, i + 2);
      return;
    }
    const side = this.probe.side(xy, i);
    if (side === 0) this.isOnEdge = true;
    else if (y0 > bottom !== y1 > bottom && side > 0 === y1 > y0) this.isOverOdd = !this.isOverOdd;
  }
}
