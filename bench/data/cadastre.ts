/**
 * A synthetic cadastre of any size: a planar tessellation of parcels with the fields of
 * `cadastre/parcelle`, generated commune by commune. Same seed and size, same parcels.
 */
import type { Shape } from '../../src/geometry/shape.ts';
import { boxOfPaths } from '../../src/geometry/shape.ts';
import type { Properties } from '../../pipeline/pack/properties.ts';
import { communesOf, landOf, type Commune } from './communes.ts';
import { noiseAt } from './noise.ts';
import { ringAround, subdivide, type Lot } from './subdivide.ts';

export interface Parcelle {
  /** Its département. */
  readonly partition: string;
  readonly properties: Properties & { readonly idu: string };
  readonly shape: Shape;
}

/** Real sections hold some hundred parcels, and their numbers four digits. */
const PARCELS_OF_SECTION = 250;
/** Parcels that were divided later, and so bear numbers after all others of their section. */
const RENUMBERED = 0.15;
/** Square metres of one square lattice step, here. */
const SQUARE_METRES = 78_000 * 111_200 * 1e-16;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function sectionName(i: number): string {
  return LETTERS.charAt(Math.floor(i / 26) % 26) + LETTERS.charAt(i % 26);
}

/** Twice the area of a ring, positive when it runs counter-clockwise. */
export function doubleArea(ring: Float64Array): number {
  const [x0, y0] = [ring[0] ?? NaN, ring[1] ?? NaN];
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2) {
    const [ax, ay] = [(ring[i] ?? NaN) - x0, (ring[i + 1] ?? NaN) - y0];
    const [bx, by] = [(ring[i + 2] ?? NaN) - x0, (ring[i + 3] ?? NaN) - y0];
    sum += ax * by - bx * ay;
  }
  return sum;
}

/** The numbers of a section's parcels: along the land, then those of later divisions. */
function numbersOf(parcels: number, random: () => number): number[] {
  const order = Array.from({ length: parcels }, (_, i) => i);
  const isLate = order.map(() => random() < RENUMBERED);
  const numbers = new Array<number>(parcels).fill(0);
  [...order.filter((i) => !isLate[i]), ...order.filter((i) => isLate[i])].forEach((i, rank) => {
    numbers[i] = rank + 1;
  });
  return numbers;
}

function propertiesOf(commune: Commune, section: string, number: number, area: number): Parcelle['properties'] {
  const { departement, code, name } = commune;
  const numero = String(number).padStart(4, '0');
  return {
    gid: null,
    numero,
    feuille: 1,
    section,
    code_dep: departement,
    nom_com: name,
    code_com: code,
    com_abs: '000',
    code_arr: '000',
    idu: `${departement}${code}000${section}${numero}`,
    contenance: Math.round((area / 2) * SQUARE_METRES),
    code_insee: departement + code,
  };
}

function* parcellesOfSection(commune: Commune, section: string, lots: readonly Lot[], random: () => number) {
  const numbers = numbersOf(lots.length, random);
  for (const [i, { land }] of lots.entries()) {
    const ring = ringAround(land);
    const shape: Shape = {
      points: new Float64Array(0),
      lines: [],
      polygons: [[ring]],
      box: boxOfPaths([ring]),
    };
    const properties = propertiesOf(commune, section, numbers[i] ?? 0, doubleArea(ring));
    yield { partition: commune.departement, properties, shape };
  }
}

/** The parcels of one commune. */
export function* parcellesOf(seed: number, commune: Commune): Generator<Parcelle> {
  const random = noiseAt(seed, 5, commune.column, commune.row);
  const whole = { land: landOf(seed, commune), parcels: commune.parcels };
  // All is cut before the first ring is asked for: a cut adds vertices to the parcels beside it.
  const sections = subdivide(whole, PARCELS_OF_SECTION, random).map((lot) => subdivide(lot, 1, random));
  for (const [i, lots] of sections.entries()) {
    yield* parcellesOfSection(commune, sectionName(i), lots, random);
  }
}

/** All parcels of a country of `size` parcels, département after département, commune after commune. */
export function* cadastre(seed: number, size: number): Generator<Parcelle> {
  for (const commune of communesOf(seed, size)) yield* parcellesOf(seed, commune);
}
