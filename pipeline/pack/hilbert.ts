/**
 * Hilbert order: near in the plane, near in the file. The spatial index groups
 * consecutive features, so this order is what keeps its boxes small.
 */
import type { Box } from '../../src/geometry/lattice.ts';

/** Bits a side: 16, as FlatGeobuf's other writers use, so that orders compare. */
const BITS = 16;
const SIDE = 2 ** BITS - 1;

/** The distance along the Hilbert curve of cell (x, y), both in 0..65535. */
export function hilbertDistance(x: number, y: number): number {
  let distance = 0;
  for (let side = 2 ** (BITS - 1); side >= 1; side /= 2) {
    const right = (x & side) !== 0 ? 1 : 0;
    const upper = (y & side) !== 0 ? 1 : 0;
    distance += side * side * ((3 * right) ^ upper);
    if (upper === 0) {
      // Turn the quadrant so that the curve enters where the last one left.
      if (right === 1) {
        x = SIDE - x;
        y = SIDE - y;
      }
      [x, y] = [y, x];
    }
  }
  return distance;
}

/** Gives a box its distance along the curve over `extent`, by its centre. */
export function hilbertOver(extent: Box): (box: Box) => number {
  const [minX, minY, maxX, maxY] = extent;
  const scaleX = maxX > minX ? SIDE / (maxX - minX) : 0;
  const scaleY = maxY > minY ? SIDE / (maxY - minY) : 0;
  return (box) =>
    hilbertDistance(
      Math.floor(((box[0] + box[2]) / 2 - minX) * scaleX),
      Math.floor(((box[1] + box[3]) / 2 - minY) * scaleY),
    );
}
