/**
 * Prescriptions and informations of a document: points on lots, lines along the
 * sheets, perimeters around the village, each with a code of the CNIG's lists.
 */
import { blob } from './blob.ts';
import type { Land } from './land.ts';
import { randomOf, type Random } from './random.ts';
import { onGrid, pointInside, type Point } from './ring.ts';
import { multi, polygon, type Shape } from './shape.ts';

/** Type, subtype and what it is (CNIG PLU 2017). */
export type Code = readonly [type: string, subtype: string, libelle: string];

export const PRESCRIPTIONS: Readonly<Record<'pct' | 'lin' | 'surf', readonly [Code, ...Code[]]>> = {
  pct: [
    ['07', '01', 'Patrimoine bâti à protéger'],
    ['07', '04', 'Élément de paysage à préserver'],
  ],
  lin: [
    ['24', '00', 'Chemin à conserver'],
    ['15', '00', 'Alignement des constructions'],
    ['25', '00', 'Continuité écologique'],
  ],
  surf: [
    ['01', '00', 'Espace boisé classé'],
    ['05', '01', 'Emplacement réservé : voirie communale'],
    ['05', '05', 'Emplacement réservé : logement social'],
    ['18', '00', "Orientation d'aménagement et de programmation"],
  ],
};

export const INFOS: Readonly<Record<'pct' | 'lin' | 'surf', readonly [Code, ...Code[]]>> = {
  pct: [['16', '00', 'Site archéologique']],
  lin: [['14', '00', "Voisinage d'une infrastructure de transport"]],
  surf: [
    ['04', '00', 'Droit de préemption urbain'],
    ['02', '00', "Zone d'aménagement concerté"],
    ['19', '01', "Zone d'assainissement collectif"],
  ],
};

/** A point within `reach` metres of the village. */
function around(land: Land, reach: number, random: Random): Point {
  const [x, y] = land.village;
  return onGrid(x + random.uniform(-reach, reach), y + random.uniform(-reach, reach));
}

function surf(land: Land, random: Random): Shape {
  const ring = (): readonly Point[] =>
    blob(around(land, 500, random), random.logNormal(45, 0.6), random, { vertices: random.integer(8, 60) });
  return random.chance(0.3) ? multi([[ring()]]) : polygon(ring());
}

function lin(land: Land, random: Random): Shape {
  const stretch = (): readonly Point[] => {
    const { outline } = land.feuilles[random.integer(0, land.feuilles.length - 1)] ?? { outline: [] };
    const start = random.integer(0, Math.max(0, outline.length - 12));
    return outline.slice(start, start + random.integer(3, 11));
  };
  const first = stretch();
  return random.chance(0.25)
    ? { type: 'MultiLineString', coordinates: [first] }
    : { type: 'LineString', coordinates: first };
}

function pct(land: Land, random: Random): Shape {
  const point = (): Point => {
    const parcelle = land.parcelles[random.integer(0, land.parcelles.length - 1)];
    return pointInside(parcelle?.surfaces[0] ?? []);
  };
  return random.chance(0.25)
    ? { type: 'MultiPoint', coordinates: [point(), point()] }
    : { type: 'Point', coordinates: point() };
}

const DRAW = { pct, lin, surf };

export interface Perimeter {
  readonly code: Code;
  readonly shape: Shape;
}

export interface PerimeterOptions {
  readonly land: Land;
  readonly kind: 'pct' | 'lin' | 'surf';
  readonly codes: readonly [Code, ...Code[]];
  readonly count: number;
}

/** `count` perimeters of one geometry; `name` makes their drawing their own. */
export function perimeters(name: string, { land, kind, codes, count }: PerimeterOptions): Perimeter[] {
  const random = randomOf(name, kind);
  return Array.from({ length: count }, () => ({ code: random.pick(codes), shape: DRAW[kind](land, random) }));
}
