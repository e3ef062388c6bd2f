/**
 * Where a point lies towards a polygon: by the even-odd rule over all of its rings,
 * counting the edges that a ray from the point towards +x crosses. A stretch of ring
 * wholly to the right of the point crosses the ray an odd number of times exactly when
 * its ends lie on either side of it, so only boxes around the point are ever opened.
 */
import { orientation } from './edge.ts';
import type { Box } from './lattice.ts';
import { someEdge, type Part, type Run } from './part.ts';
import type { Coordinates } from './shape.ts';

/** A point to locate; not always on the lattice. */
export interface Probe {
  /** The smallest box with its corners on the lattice that holds the point. */
  readonly box: Box;
  /** On which side of the edge at index `i` it lies, as `orientation` tells it. */
  readonly side: (xy: Coordinates, i: number) => number;
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
export function locate(polygon: Part, { box: [left, bottom, right, top], side }: Probe): Standing {
  let isOverOdd = false;
  let isOnEdge = false;
  /** Whether vertices lie on either side of the ray, which runs just above the point. */
  const isAstride = (xy: Coordinates, i: number, j: number): boolean =>
    (xy[i + 1] ?? NaN) > bottom !== (xy[j + 1] ?? NaN) > bottom;
  const meet = (xy: Coordinates, i: number): false => {
    const x0 = xy[i] ?? NaN;
    const x1 = xy[i + 2] ?? NaN;
    const y0 = xy[i + 1] ?? NaN;
    const y1 = xy[i + 3] ?? NaN;
    if ((x0 < right && x1 < right) || (y0 < top && y1 < top) || (y0 > bottom && y1 > bottom)) return false;
    let isRight = x0 > left && x1 > left;
    if (!isRight) {
      const way = side(xy, i);
      if (way === 0) isOnEdge = true;
      isRight = way !== 0 && way > 0 === (xy[i + 3] ?? NaN) > (xy[i + 1] ?? NaN);
    }
    if (isRight && isAstride(xy, i, i + 2)) isOverOdd = !isOverOdd;
    return false;
  };
  const isSettled = (minX: number, first: Run, last: Run): boolean => {
    if (minX <= left || first.xy !== last.xy) return false;
    if (isAstride(first.xy, first.start, last.end)) isOverOdd = !isOverOdd;
    return true;
  };
  // The point's own box and all to the right of it; with the top at the bottom, only what reaches both.
  if (polygon.tree === undefined) {
    for (const xy of polygon.paths) for (let i = 0; i + 2 < xy.length; i += 2) meet(xy, i);
  } else someEdge(polygon, [right, top, Infinity, bottom], meet, isSettled);
  return { isOverOdd, isOnEdge };
}

/** Whether `probe` lies within the rings of `polygon` or on them. */
export function covers(polygon: Part, probe: Probe): boolean {
  const { isOverOdd, isOnEdge } = locate(polygon, probe);
  return isOverOdd || isOnEdge;
}
