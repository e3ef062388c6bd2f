/**
 * Where a point lies towards a polygon: by the even-odd rule over all of its rings,
 * counting the edges that a ray from the point towards +x crosses. A stretch of ring
 * wholly to the right of the point crosses the ray an odd number of times exactly when
 * its ends lie on either side of it, so only boxes around the point are ever opened.
 */
import { FANOUT, NO_BOXES, type Boxes } from './box-tree.ts';
import { orientation } from './edge.ts';

import type { Box } from './lattice.ts';
import type { Part } from './part.ts';
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

/** Where `probe` lies towards the rings of `polygon`. */
export function locate(polygon: Part, probe: Probe): Standing {
  const ray = new Ray(polygon, probe);
  const { tree, paths } = polygon;
  if (tree !== undefined) ray.enter(tree.levels, tree.levels.length - 1, 0);
  else for (const xy of paths) ray.meetAll(xy, 0, xy.length - 2);
  return ray;
}

/** Whether `probe` lies within the rings of `polygon` or on them. */
export function covers(polygon: Part, probe: Probe): boolean {
  const { isOverOdd, isOnEdge } = locate(polygon, probe);
  return isOverOdd || isOnEdge;
}

class Ray implements Standing {
  isOverOdd = false;
  isOnEdge = false;
  private readonly part: Part;
  private readonly probe: Probe;

  constructor(part: Part, probe: Probe) {
    this.part = part;
    this.probe = probe;
  }

  /** Follows the ray through the box at `node` of `level`. */
  enter(levels: readonly Boxes[], level: number, node: number): void {
    const { runs } = this.part;
    const boxes = levels[level] ?? NO_BOXES;
    const [left, bottom, right, top] = this.probe.box;
    if (!((boxes[4 * node + 2] ?? NaN) >= right)) return;
    if ((boxes[4 * node + 1] ?? NaN) > bottom || (boxes[4 * node + 3] ?? NaN) < top) return;
    const span = FANOUT ** level;
    const first = runs[node * span];
    const last = runs[Math.min((node + 1) * span, runs.length) - 1];
    if (first === undefined || last === undefined) return;
    if ((boxes[4 * node] ?? NaN) > left && first.xy === last.xy) this.cross(first.xy, first.start, last.end);
    else if (level === 0) this.meetAll(first.xy, first.start, first.end);
    else {
      const end = Math.min((node + 1) * FANOUT, (levels[level - 1] ?? NO_BOXES).length / 4);
      for (let child = node * FANOUT; child < end; child++) this.enter(levels, level - 1, child);
    }
  }

  /** Meets the edges of `xy` from the one at `start` to the vertex at `end`. */
  meetAll(xy: Coordinates, start: number, end: number): void {
    const [{ box }, { step }] = [this.probe, this.part];
    for (let i = start; i < end; i += step) {
      const y0 = xy[i + 1] ?? NaN;
      const y1 = xy[i + 3] ?? NaN;
      if (Math.max(y0, y1) < box[3] || Math.min(y0, y1) > box[1]) continue;
      const x0 = xy[i] ?? NaN;
      const x1 = xy[i + 2] ?? NaN;
      if (Math.max(x0, x1) < box[2]) continue;
      if (Math.min(x0, x1) > box[0]) this.cross(xy, i, i + 2);
      else this.meet(xy, i);
    }
  }

  /** Crosses a stretch from the vertex at `i` to the one at `j`, connected and wholly right of the point. */
  private cross(xy: Coordinates, i: number, j: number): void {
    const y = this.probe.box[1];
    if ((xy[i + 1] ?? NaN) > y !== (xy[j + 1] ?? NaN) > y) this.isOverOdd = !this.isOverOdd;
  }

  /** Meets an edge that may be left or right of the point, or go through it. */
  private meet(xy: Coordinates, i: number): void {
    const y = this.probe.box[1];
    const y0 = xy[i + 1] ?? NaN;
    const y1 = xy[i + 3] ?? NaN;
    const side = this.probe.side(xy, i);
    if (side === 0) this.isOnEdge = true;
    else if (y0 > y !== y1 > y && side > 0 === y1 > y0) this.isOverOdd = !this.isOverOdd;
  }
}
