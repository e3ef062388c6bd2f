/**
 * Edges on the lattice, and the two questions everything else is made of: on which
 * side of an edge is a point, and do two edges share a point. Both answers are exact
 * wherever the coordinates are lattice integers of the globe (|x| <= 1.8e10,
 * |y| <= 9e9), with two multiplications in doubles and no big number.
 *
 * The edge at index `i` of some coordinates runs from the vertex at `i` to the one at
 * `i + 2`. A point is an edge of length zero.
 */
import type { Box } from './lattice.ts';
import type { Coordinates } from './shape.ts';

/**
 * Positive when the point (x, y) lies left of the edge at `i`, negative when right, zero
 * exactly when it lies on the edge's line.
 */
export function orientation(xy: Coordinates, i: number, x: number, y: number): number {
  const x0 = xy[i] ?? NaN;
  const y0 = xy[i + 1] ?? NaN;
  const dx = (xy[i + 2] ?? NaN) - x0;
  const dy = (xy[i + 3] ?? NaN) - y0;
  const px = x - x0;
  const py = y - y0;
  const left = dx * py;
  const right = dy * px;
  // Rounding to doubles keeps the order of numbers, so products that differ have the right one.
  if (left !== right) return left - right;
  // Products below 2^70 that round to the same double differ by 2^17 at most: 32 bits hold that.
  return (Math.imul(dx, py) - Math.imul(dy, px)) | 0;
}

/** Whether both ends of the edge at `j` of `b` lie strictly on one side of the edge at `i` of `a`. */
function onOneSide(a: Coordinates, i: number, b: Coordinates, j: number): boolean {
  const start = orientation(a, i, b[j] ?? NaN, b[j + 1] ?? NaN);
  if (start === 0) return false;
  const end = orientation(a, i, b[j + 2] ?? NaN, b[j + 3] ?? NaN);
  return start > 0 ? end > 0 : end < 0;
}

/** Whether the intervals between a0 and a1 and between b0 and b1 share a number. */
function spansMeet(a0: number, a1: number, b0: number, b1: number): boolean {
  return Math.min(a0, a1) <= Math.max(b0, b1) && Math.min(b0, b1) <= Math.max(a0, a1);
}

/**
 * Whether two closed edges whose boxes share a point share one themselves. Where neither
 * has the other strictly on one side, they cross, touch or lie on one line; on one line
 * they meet exactly where their boxes do. Edges of length zero need no case.
 */
export function edgesCross(a: Coordinates, i: number, b: Coordinates, j: number): boolean {
  return !onOneSide(a, i, b, j) && !onOneSide(b, j, a, i);
}

/** Whether the closed edges at `i` of `a` and at `j` of `b` share a point. */
export function edgesMeet(a: Coordinates, i: number, b: Coordinates, j: number): boolean {
  return (
    spansMeet(a[i] ?? NaN, a[i + 2] ?? NaN, b[j] ?? NaN, b[j + 2] ?? NaN) &&
    spansMeet(a[i + 1] ?? NaN, a[i + 3] ?? NaN, b[j + 1] ?? NaN, b[j + 3] ?? NaN) &&
    edgesCross(a, i, b, j)
  );
}

/**
 * Whether the edge at `i`, whose own box meets the closed `box`, shares a point with it:
 * where not all corners lie strictly on one side of the edge. A box may reach to twice the
 * globe on either side.
 */
export function passesThrough(xy: Coordinates, i: number, box: Box): boolean {
  const [minX, minY, maxX, maxY] = box;
  const isRightward = (xy[i + 2] ?? NaN) > (xy[i] ?? NaN);
  const isUpward = (xy[i + 3] ?? NaN) > (xy[i + 1] ?? NaN);
  // The corners that lie farthest to the left and to the right of the edge.
  return (
    orientation(xy, i, isUpward ? minX : maxX, isRightward ? maxY : minY) >= 0 &&
    orientation(xy, i, isUpward ? maxX : minX, isRightward ? minY : maxY) <= 0
  );
}
