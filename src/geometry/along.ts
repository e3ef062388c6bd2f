/**
 * Points along an edge that are a fraction of lattice steps: located exactly, in big
 * integers.
 */
import type { Box } from './lattice.ts';
import type { Probe } from './locate.ts';
import type { Coordinates } from './shape.ts';

/** A part of the way along an edge: `num / den`, where `den` is positive. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** Makes every coordinate positive, of which big integers round as `Math.floor` does. */
const SHIFT = 2n ** 40n;

/** The coordinate at index `i` as a big integer. */
export const big = (xy: Coordinates, i: number): bigint => BigInt(xy[i] ?? NaN);

/** The point at `fraction` of the way along the edge at `i`. */
export function probeAlong(xy: Coordinates, i: number, { num, den }: Fraction): Probe {
  /** A coordinate of the point, `den` times. */
  const along = (at: number): bigint => big(xy, at) * den + (big(xy, at + 2) - big(xy, at)) * num;
  const floor = (value: bigint): number => Number((value + SHIFT * den) / den - SHIFT);
  const [x, y] = [along(i), along(i + 1)];
  return {
    box: [floor(x), floor(y), -floor(-x), -floor(-y)],
    side(other, j) {
      const [x0, y0] = [big(other, j), big(other, j + 1)];
      return Number((big(other, j + 2) - x0) * (y - y0 * den) - (big(other, j + 3) - y0) * (x - x0 * den));
    },
  };
}

/** Where the edge at `i`, which meets `box`, is first in it. */
export function probeInto(xy: Coordinates, i: number, box: Box): Probe {
  // It is in when it is between the sides in both directions.
  const entryAlong = (axis: 0 | 1): Fraction => {
    const [start, end] = [xy[i + axis] ?? NaN, xy[i + axis + 2] ?? NaN];
    const way = Math.max(box[axis] - start, start - box[axis === 0 ? 2 : 3], 0);
    return { num: BigInt(way), den: BigInt(Math.abs(end - start) || 1) };
  };
  const [across, upwards] = [entryAlong(0), entryAlong(1)];
  return probeAlong(xy, i, across.num * upwards.den > upwards.num * across.den ? across : upwards);
}
