/**
 * A country of communes: a turned, jittered grid, so that boxes of neighbours overlap as
 * they do in reality. Each commune is drawn by itself; the borders that two of them
 * share are the same for both, because they depend on where they are and nothing else.
 */
import { LATTICE } from '../../src/geometry/lattice.ts';
import type { Chain, Knot } from './chain.ts';
import { between, mix, noiseAt, normal } from './noise.ts';
import type { Land, Side } from './subdivide.ts';

/** Where the first corner is: amid metropolitan France, so that all sizes stay inside it. */
const ORIGIN = [2, 45] as const;
/** Degrees of one metre, here. */
const METRE = [1 / 78_000, 1 / 111_200] as const;
/** Metres a side: 2,500 parcels of 5,900 m², the mean of the real cadastre. */
const SIDE = 3_840;
/** Of the grid against the axes: 23 degrees. */
const TURN = 0.4;
/** Vertices of a border between two communes. */
const BORDER_PARTS = 64;
/** Between two vertices of such a border there are this many lattice points, where others may end. */
const BORDER_STEPS = 256;

const PARCELS_OF_COMMUNE = 2_500;
const DEPARTEMENTS = ['21', '71', '58', '89', '39', '25', '70', '52', '10', '51'] as const;

export interface Commune {
  readonly departement: string;
  /** Three digits. */
  readonly code: string;
  readonly name: string;
  readonly column: number;
  readonly row: number;
  readonly parcels: number;
}

type Point = readonly [x: number, y: number];

/** Moves `value` so that its distance from `base` has `BORDER_STEPS` parts. */
function inSteps(value: number, base = 0): number {
  return base + Math.round((value - base) / BORDER_STEPS) * BORDER_STEPS;
}

/** A corner of the grid, in lattice steps. */
function corner(seed: number, column: number, row: number): Point {
  const random = noiseAt(seed, 1, column, row);
  const [u, v] = [column + between(random, -0.16, 0.16), row + between(random, -0.16, 0.16)];
  const [east, north] = [u * Math.cos(TURN) - v * Math.sin(TURN), u * Math.sin(TURN) + v * Math.cos(TURN)];
  return [
    inSteps((ORIGIN[0] + east * SIDE * METRE[0]) * LATTICE),
    inSteps((ORIGIN[1] + north * SIDE * METRE[1]) * LATTICE),
  ];
}

function drawBorder(seed: number, start: Point, end: Point, key: readonly number[]): Side {
  const random = noiseAt(seed, 2, ...key);
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const knots: Knot[] = [];
  let previous = start;
  for (let i = 0; i < BORDER_PARTS; i++) {
    const t = i / BORDER_PARTS;
    const aside = i === 0 ? 0 : between(random, -0.08, 0.08) / BORDER_PARTS;
    const [x, y] = [start[0] + dx * t - dy * aside, start[1] + dy * t + dx * aside];
    previous = [inSteps(x, previous[0]), inSteps(y, previous[1])];
    knots.push({ t, x: previous[0], y: previous[1], isShared: true });
  }
  knots.push({ t: 1, x: end[0], y: end[1], isShared: true });
  const chain: Chain = { knots, isFixed: true };
  const [from, to] = [knots[0], knots.at(-1)];
  if (from === undefined || to === undefined) throw new Error('a border has two ends');
  return { chain, from, to };
}

/** The land of a commune, its borders drawn anew: cutting it adds to them. */
export function landOf(seed: number, { column, row }: Commune): Land {
  const at = (u: number, v: number): Point => corner(seed, column + u, row + v);
  return {
    bottom: drawBorder(seed, at(0, 0), at(1, 0), [0, column, row]),
    top: drawBorder(seed, at(0, 1), at(1, 1), [0, column, row + 1]),
    left: drawBorder(seed, at(0, 0), at(0, 1), [1, column, row]),
    right: drawBorder(seed, at(1, 0), at(1, 1), [1, column + 1, row]),
  };
}

const SYLLABLES = 'mon ville bour saint val pont ro che au vi gny bre ta lou fon cour mé sur neu lan'.split(
  ' ',
);

function nameOf(seed: number): string {
  const random = noiseAt(seed);
  const parts = Array.from({ length: 2 + Math.floor(random() * 3) }, () => {
    return SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? '';
  });
  const name = parts.join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Parcels a commune, `size` in all: towns have many, hamlets few. */
function shares(seed: number, size: number, communes: number): number[] {
  const weights = Array.from({ length: communes }, (_, i) => Math.exp(0.6 * normal(noiseAt(seed, 3, i))));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [before, given] = [0, 0];
  return weights.map((weight) => {
    before += weight;
    const parcels = Math.round((before / total) * size) - given;
    given += parcels;
    return parcels;
  });
}

/** The communes of a country of `size` parcels, département after département. */
export function communesOf(seed: number, size: number): Commune[] {
  const count = Math.max(1, Math.round(size / PARCELS_OF_COMMUNE));
  const columns = Math.ceil(Math.sqrt(count));
  const departements = Math.min(DEPARTEMENTS.length, Math.max(1, Math.round(size / 250_000)));
  const numbers = new Map<string, number>();
  return shares(seed, size, count).map((parcels, i) => {
    const departement = DEPARTEMENTS[Math.floor((i * departements) / count)] ?? '';
    const number = (numbers.get(departement) ?? 0) + 1;
    numbers.set(departement, number);
    const code = String(number).padStart(3, '0');
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return { departement, code, name: nameOf(mix(seed, 4, i)), column, row, parcels };
  });
}
