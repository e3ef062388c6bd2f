/**
 * Points along an edge that are a fraction of lattice steps: located exactly, in big
 * integers where the signs of plain orientations do not settle the matter.
 */
import { orientation } from './edge.ts';
import type { Box } from './lattice.ts';
import type { Probe } from './locate.ts';
import type { Coordinates } from './shape.ts';

/** A part of the way along an edge: `num / den`, where `den` is positive. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** The coordinate at index `i` as a big integer. */
export const big = (xy: Coordinates, i: number): bigint => BigInt(xy[i] ?? NaN);

/** `orientation` to the last digit. */
export function exactOrientation(a: Coordinates, i: number, b: Coordinates, j: number): bigint {
  const [x0, y0] = [big(a, i), big(a, i + 1)];
  const [dx, dy] = [big(a, i + 2) - x0, big(a, i + 3) - y0];
  return dx * (big(b, j + 1) - y0) - dy * (big(b, j) - x0);
}

function floorAndCeiling({ num, den }: Fraction): readonly [number, number] {
  const quotient = num / den;
  const floor = quotient * den > num ? quotient - 1n : quotient;
  return [Number(floor), Number(floor * den === num ? floor : floor + 1n)];
}

/** The point at `fraction` of the way along the edge at `i`, neither of its ends. */
export function probeAlong(xy: Coordinates, i: number, { num, den }: Fraction): Probe {
  const along = (axis: number): readonly [number, number] => {
    const start = big(xy, i + axis);
    return floorAndCeiling({ num: start * den + (big(xy, i + 2 + axis) - start) * num, den });
  };
  const [[left, right], [bottom, top]] = [along(0), along(1)];
  return {
    box: [left, bottom, right, top],
    // Orientation is linear along the edge: that of a point between is between those of the ends.
    side: (other, j) => {
      const start = orientation(other, j, xy[i] ?? NaN, xy[i + 1] ?? NaN);
      const end = orientation(other, j, xy[i + 2] ?? NaN, xy[i + 3] ?? NaN);
      if (start * end >= 0) return start + end;
      const [exactStart, exactEnd] = [
        exactOrientation(other, j, xy, i),
        exactOrientation(other, j, xy, i + 2),
      ];
      return Number((den - num) * exactStart + num * exactEnd);
    },
  };
}

/** Where the edge at `i`, whose ends lie out of `box` and which passes through it, enters it. */
export function probeInto(xy: Coordinates, i: number, box: Box): Probe {
  // It has entered when it is between the sides in both directions.
  const entryAlong = (axis: 0 | 1): Fraction => {
    const [start, end] = [xy[i + axis] ?? NaN, xy[i + axis + 2] ?? NaN];
    const way = Math.max(box[axis] - start, start - box[axis === 0 ? 2 : 3], 0);
    return { num: BigInt(way), den: BigInt(Math.abs(end - start) || 1) };
  };
  const [across, upwards] = [entryAlong(0), entryAlong(1)];
  return probeAlong(xy, i, compareFractions(across, upwards) > 0 ? across : upwards);
}
