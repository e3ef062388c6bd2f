/**
 * Cuts a piece of land into parcels, by halves: each cut joins two opposite sides, near
 * parcels share their borders to the last vertex, and sizes have a heavy tail, as the
 * densities of a village and its fields have. Refuses nothing: its caller gives it land
 * that is about a rectangle.
 */
import { appendPath, knotNear, type Chain, type Knot } from './chain.ts';
import { between, normal } from './noise.ts';

export interface Side {
  readonly chain: Chain;
  readonly from: Knot;
  readonly to: Knot;
}

/** Bottom and top run eastward, left and right northward. */
export interface Land {
  readonly bottom: Side;
  readonly top: Side;
  readonly left: Side;
  readonly right: Side;
}

/** Land of this many parcels, cut no further here. */
export interface Lot {
  readonly land: Land;
  readonly parcels: number;
}

/** How often a border ends on another's line without a vertex across, where the lattice allows it. */
const T_SHARE = 0.8;
/** Of the densities of the two sides of a cut; the source of the heavy tail. */
const DENSITY_DEVIATION = 0.8;

function length({ from, to }: Side): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

/** A border from `start` to `end` with some bends, none steep enough to meet another border. */
function drawBorder(start: Knot, end: Knot, bends: number, random: () => number): Chain {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const knots: Knot[] = [{ t: 0, x: start.x, y: start.y, isShared: true }];
  for (let i = 1; i <= bends; i++) {
    const t = (i + between(random, -0.25, 0.25)) / (bends + 1);
    const aside = between(random, -0.06, 0.06) / (bends + 1);
    const [x, y] = [start.x + dx * t - dy * aside, start.y + dy * t + dx * aside];
    knots.push({ t, x: Math.round(x), y: Math.round(y), isShared: true });
  }
  knots.push({ t: 1, x: end.x, y: end.y, isShared: true });
  return { knots, isFixed: false };
}

function cutSide({ chain, from, to }: Side, share: number, random: () => number): Knot {
  const t = from.t + (to.t - from.t) * share;
  return knotNear(chain, t, from.t, to.t, random() < T_SHARE);
}

function borderBetween(start: Knot, end: Knot, parcels: number, random: () => number): Side {
  const bends = Math.floor(between(random, 0.6, 1.7) * Math.sqrt(parcels));
  const chain = drawBorder(start, end, bends, random);
  const [from, to] = [chain.knots[0], chain.knots.at(-1)];
  if (from === undefined || to === undefined) throw new Error('a border has two ends');
  return { chain, from, to };
}

function cutAcross(land: Land, share: number, parcels: number, random: () => number): [Land, Land] {
  const { bottom, top } = land;
  const low = cutSide(bottom, share, random);
  const high = cutSide(top, share, random);
  const border = borderBetween(low, high, parcels, random);
  return [
    { ...land, bottom: { ...bottom, to: low }, top: { ...top, to: high }, right: border },
    { ...land, bottom: { ...bottom, from: low }, top: { ...top, from: high }, left: border },
  ];
}

function cutAlong(land: Land, share: number, parcels: number, random: () => number): [Land, Land] {
  const { left, right } = land;
  const west = cutSide(left, share, random);
  const east = cutSide(right, share, random);
  const border = borderBetween(west, east, parcels, random);
  return [
    { ...land, left: { ...left, to: west }, right: { ...right, to: east }, top: border },
    { ...land, left: { ...left, from: west }, right: { ...right, from: east }, bottom: border },
  ];
}

/** How many of `parcels` go to the side that has `share` of the land. */
function parcelsOf(share: number, parcels: number, random: () => number): number {
  const odds = Math.log(share / (1 - share)) + DENSITY_DEVIATION * normal(random);
  const wanted = Math.round(parcels / (1 + Math.exp(-odds)));
  return Math.min(parcels - 1, Math.max(1, wanted));
}

function cut({ land, parcels }: Lot, random: () => number): [Lot, Lot] {
  const share = between(random, 0.36, 0.64);
  const isWide = length(land.bottom) + length(land.top) > length(land.left) + length(land.right);
  const [first, second] = (isWide ? cutAcross : cutAlong)(land, share, parcels, random);
  const firstParcels = parcelsOf(share, parcels, random);
  return [
    { land: first, parcels: firstParcels },
    { land: second, parcels: parcels - firstParcels },
  ];
}

/** Cuts until each lot has at most `most` parcels; neighbours in the list are near. */
export function subdivide(lot: Lot, most: number, random: () => number): Lot[] {
  if (lot.parcels <= most) return [lot];
  return cut(lot, random).flatMap((half) => subdivide(half, most, random));
}

/** The ring around it, counter-clockwise, closed: x0, y0, x1, y1, … in lattice steps. To be asked when all is cut. */
export function ringAround({ bottom, right, top, left }: Land): Float64Array {
  const xy: number[] = [];
  appendPath(bottom.chain, bottom.from, bottom.to, xy);
  appendPath(right.chain, right.from, right.to, xy);
  appendPath(top.chain, top.to, top.from, xy);
  appendPath(left.chain, left.to, left.from, xy);
  xy.push(bottom.from.x, bottom.from.y);
  return Float64Array.from(xy);
}
