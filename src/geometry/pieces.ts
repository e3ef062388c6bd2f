/**
 * The pieces of an edge: what is left of it between its contacts with other edges. No
 * edge crosses a piece or ends on it, so whatever holds at its middle holds all along it.
 */
import { big, probeAlong, type Fraction } from './along.ts';
import { edgesCross, orientation } from './edge.ts';
import { boxOfEdge, someEdge, type Figure } from './figure.ts';
import type { Probe } from './locate.ts';
import type { Coordinates } from './shape.ts';

const START: Fraction = { num: 0n, den: 1n };
const END: Fraction = { num: 1n, den: 1n };

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** `orientation` to the last digit. */
function exactOrientation(a: Coordinates, i: number, b: Coordinates, j: number): bigint {
  const [x0, y0] = [big(a, i), big(a, i + 1)];
  const [dx, dy] = [big(a, i + 2) - x0, big(a, i + 3) - y0];
  return dx * (big(b, j + 1) - y0) - dy * (big(b, j) - x0);
}

function middle(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.den + b.num * a.den, den: 2n * a.den * b.den };
}

/** Where an edge meets another one that is not on its line, between its ends. */
function crossing(a: Coordinates, i: number, b: Coordinates, j: number): Fraction {
  const start = exactOrientation(b, j, a, i);
  const span = start - exactOrientation(b, j, a, i + 2);
  return span < 0n ? { num: -start, den: -span } : { num: start, den: span };
}

/** Where the vertex at `j` of `b`, which is on the line of the edge at `i` of `a`, lies between its ends. */
function projection(a: Coordinates, i: number, b: Coordinates, j: number): Fraction[] {
  const axis = a[i] === a[i + 2] ? 1 : 0;
  const start = big(a, i + axis);
  const [way, span] = [big(b, j + axis) - start, big(a, i + 2 + axis) - start];
  const fraction = span < 0n ? { num: -way, den: -span } : { num: way, den: span };
  return fraction.num > 0n && fraction.num < fraction.den ? [fraction] : [];
}

/** Where the edge at `j` of `b`, which meets the one at `i` of `a`, cuts it between its ends. */
function cutsBy(a: Coordinates, i: number, b: Coordinates, j: number): Fraction[] {
  const start = orientation(b, j, a[i] ?? NaN, a[i + 1] ?? NaN);
  const end = orientation(b, j, a[i + 2] ?? NaN, a[i + 3] ?? NaN);
  if (start === 0 && end === 0) return [...projection(a, i, b, j), ...projection(a, i, b, j + 2)];
  return start === 0 || end === 0 ? [] : [crossing(a, i, b, j)];
}

/** The middles of the pieces into which the edges of `figures` cut the edge at `i`. */
export function middlesOfPieces(xy: Coordinates, i: number, figures: readonly Figure[]): Probe[] {
  const box = boxOfEdge(xy, i);
  const cuts = [START, END];
  const cut = (other: Coordinates, j: number): false => {
    if (edgesCross(xy, i, other, j)) cuts.push(...cutsBy(xy, i, other, j));
    return false;
  };
  for (const figure of figures) someEdge(figure, box, cut);
  cuts.sort(compareFractions);
  return cuts.flatMap((start, k) => {
    const next = cuts[k + 1];
    return next === undefined || compareFractions(start, next) === 0
      ? []
      : [probeAlong(xy, i, middle(start, next))];
  });
}
