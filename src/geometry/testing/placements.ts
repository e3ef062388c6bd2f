/** Where a pair of drawings is put: no move of these changes what holds between the two. */
import { moved } from './drawing.ts';
import { whole, type Random } from './random-drawing.ts';
import { pathsOf, type Pair } from './random-pairs.ts';

/** Somewhere in Paris, in lattice steps. */
const PARIS = [235_000_000, 4_885_000_000] as const;

/** The globe reaches to x = 1.8e10 and y = 9e9; two terms share it. */
const REACH = [9e9, 4.5e9] as const;

function movedBoth([a, b]: Pair, move: (x: number, y: number) => [number, number]): Pair {
  return [moved(a, move), moved(b, move)];
}

/**
 * Stretches and shears the pair over the whole globe: every line stays a line and every
 * touch a touch, at coordinates whose products are far beyond 2^53.
 */
function overTheGlobe(pair: Pair, random: Random): Pair {
  const numbers = pair.flatMap((drawing) => pathsOf(drawing).flat(2)).map(Math.abs);
  const extent = Math.max(1, ...numbers);
  const factor = (reach: number): number =>
    whole(random, -Math.floor(reach / extent), Math.floor(reach / extent));
  const [a, b, c, d] = [factor(REACH[0]), factor(REACH[0]), factor(REACH[1]), factor(REACH[1])];
  if (BigInt(a) * BigInt(d) === BigInt(b) * BigInt(c)) return pair;
  return movedBoth(pair, (x, y) => [a * x + b * y, c * x + d * y]);
}

export const PLACEMENTS = {
  'at the origin': (pair: Pair): Pair => pair,
  'in Paris': (pair: Pair): Pair => movedBoth(pair, (x, y) => [x + PARIS[0], y + PARIS[1]]),
  'over the globe': overTheGlobe,
} as const;
