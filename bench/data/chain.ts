/**
 * A border as two neighbours share it: a chain of lattice points. A later border that
 * ends on it either adds a vertex to both neighbours, or stands exactly on the line
 * between two vertices, and then the neighbour across does not have it: a T-junction
 * as cadastres are full of, without gap or overlap.
 */

export interface Knot {
  /** Place along the chain, 0 to 1. */
  readonly t: number;
  /** Lattice steps. */
  readonly x: number;
  readonly y: number;
  /** Whether both neighbours have it as a vertex. */
  isShared: boolean;
}

export interface Chain {
  /** By `t`; the ends are shared. */
  readonly knots: Knot[];
  /** Generated a second time for the neighbour across, who must find the same vertices: nothing may be shared later. */
  readonly isFixed: boolean;
}

function gcd(a: number, b: number): number {
  [a, b] = [Math.abs(a), Math.abs(b)];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** The last knot that is not beyond `t`. */
function knotBefore(knots: readonly Knot[], t: number): number {
  let [low, high] = [0, knots.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((knots[middle]?.t ?? 1) <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

function at(knots: readonly Knot[], i: number): Knot {
  const knot = knots[i];
  if (knot === undefined) throw new Error(`a chain of ${knots.length} knots has none at ${i}`);
  return knot;
}

/** The shared knots on both sides of place `i`. */
function sharedAround(knots: readonly Knot[], i: number): [number, number] {
  let [left, right] = [i, i + 1];
  while (!at(knots, left).isShared) left--;
  while (!at(knots, right).isShared) right++;
  return [left, right];
}

/** The lattice point exactly on the line from `a` to `b` nearest to `t`; `null` when there is none between `low` and `high`. */
function exactBetween(a: Knot, b: Knot, t: number, low: number, high: number): Knot | null {
  const steps = gcd(b.x - a.x, b.y - a.y);
  const step = Math.round(((t - a.t) / (b.t - a.t)) * steps);
  const place = a.t + ((b.t - a.t) * step) / steps;
  if (step <= 0 || step >= steps || place <= low || place >= high) return null;
  return {
    t: place,
    x: a.x + ((b.x - a.x) / steps) * step,
    y: a.y + ((b.y - a.y) / steps) * step,
    isShared: false,
  };
}

function roundedBetween(a: Knot, b: Knot, t: number): Knot {
  const share = (t - a.t) / (b.t - a.t);
  const [x, y] = [Math.round(a.x + (b.x - a.x) * share), Math.round(a.y + (b.y - a.y) * share)];
  return { t, x, y, isShared: true };
}

/** The knot that is there within `tolerance` of `t`, between `low` and `high`. */
function knotWithin(knots: readonly Knot[], t: number, tolerance: number, low: number, high: number) {
  const before = knotBefore(knots, t);
  const near = knots.slice(before, before + 2).filter((knot) => {
    return Math.abs(knot.t - t) <= tolerance && knot.t > low && knot.t < high;
  });
  return near.sort((a, b) => Math.abs(a.t - t) - Math.abs(b.t - t))[0];
}

function insert(knots: Knot[], knot: Knot): Knot {
  knots.splice(knotBefore(knots, knot.t) + 1, 0, knot);
  return knot;
}

/** Adds a vertex to both neighbours. What stood exactly on their line before must now be theirs too. */
function shareKnot(knots: Knot[], t: number, left: number, right: number): Knot {
  for (let i = left + 1; i < right; i++) at(knots, i).isShared = true;
  const before = knotBefore(knots, t);
  return insert(knots, roundedBetween(at(knots, before), at(knots, before + 1), t));
}

/**
 * The knot at about `t`, amid the places `from` and `to`: one that is there, or a new one, which
 * stands in a T-junction when `prefersT` and the lattice allows it.
 */
export function knotNear(chain: Chain, t: number, from: number, to: number, prefersT: boolean): Knot {
  const { knots, isFixed } = chain;
  const [low, high] = [from + (to - from) * 0.25, to - (to - from) * 0.25];
  const there = knotWithin(knots, t, (to - from) * 0.1, low, high);
  if (there !== undefined) return there;
  const [left, right] = sharedAround(knots, knotBefore(knots, t));
  if (prefersT || isFixed) {
    const exact = exactBetween(at(knots, left), at(knots, right), t, low, high);
    const same = knots.find((knot) => knot.t === exact?.t);
    if (exact !== null) return same ?? insert(knots, exact);
  }
  if (!isFixed) return shareKnot(knots, t, left, right);
  const anywhere = knotWithin(knots, t, Infinity, low, high);
  if (anywhere === undefined) throw new Error('no lattice point on a border that is fixed');
  return anywhere;
}

/** The vertices from `from` to `to`, without the last: `xy` grows by them. */
export function appendPath({ knots }: Chain, from: Knot, to: Knot, xy: number[]): void {
  xy.push(from.x, from.y);
  const step = from.t < to.t ? 1 : -1;
  let i = knotBefore(knots, from.t) + step;
  for (; (at(knots, i).t - to.t) * step < 0; i += step) {
    const { x, y, isShared } = at(knots, i);
    if (isShared) xy.push(x, y);
  }
}
