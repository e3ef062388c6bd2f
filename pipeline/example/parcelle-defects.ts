/**
 * Troubles of Parcellaire Express, laid on parcelles that were sound: which commune,
 * which parcelle of it, and what happens to the row.
 */
import type { CadastreRow } from './cadastre-rows.ts';
import type { DefectName } from './defects.ts';
import type { Point, Ring } from './ring.ts';
import { polygon } from './shape.ts';

/** Square metres that 32 bits do not hold. */
const HUGE = 2 ** 32 + 12_345_678;

/** The first ring of an area. */
function shellOf({ shape }: CadastreRow): Ring {
  if (shape?.type === 'Polygon') return shape.coordinates[0] ?? [];
  return shape?.type === 'MultiPolygon' ? (shape.coordinates[0]?.[0] ?? []) : [];
}

/** Two neighbouring vertices exchanged: the outline crosses itself between them. */
function twisted([first, second, third, ...rest]: Ring): Ring {
  return first && second && third ? [first, third, second, ...rest] : [];
}

/** Out of the second vertex and back, on the line from the first; that vertex comes three times. */
function spiked([first, second, ...rest]: Ring): Ring {
  if (!first || !second) return [];
  const tip: Point = [2 * second[0] - first[0], 2 * second[1] - first[1]];
  return [first, second, second, tip, second, ...rest];
}

type Trouble = (row: CadastreRow) => CadastreRow[];

const TROUBLES = {
  'parcelle-duplicate': (row) => [row, { ...row, defect: 'parcelle-duplicate' }],
  'parcelle-bow-tie': (row) => [
    { ...row, shape: polygon(twisted(shellOf(row))), defect: 'parcelle-bow-tie' },
  ],
  'parcelle-spike': (row) => [{ ...row, shape: polygon(spiked(shellOf(row))), defect: 'parcelle-spike' }],
  'parcelle-numero-slash': (row) => {
    const id = `${row.id.slice(0, 10)}A/12`;
    const values = { ...row.values, IDU: id, NUMERO: 'A/12' };
    return [{ ...row, id, values, defect: 'parcelle-numero-slash' }];
  },
  'parcelle-contenance-absent': (row) => [
    { ...row, values: { ...row.values, CONTENANCE: null }, defect: 'parcelle-contenance-absent' },
  ],
  'parcelle-contenance-huge': (row) => [
    { ...row, values: { ...row.values, CONTENANCE: HUGE }, defect: 'parcelle-contenance-huge' },
  ],
} satisfies Partial<Record<DefectName, Trouble>>;

/** By commune, then by the rank of the parcelle in it. */
const PLACES: Readonly<Record<string, Readonly<Record<number, keyof typeof TROUBLES>>>> = {
  '21901': { 10: 'parcelle-duplicate', 40: 'parcelle-bow-tie', 80: 'parcelle-spike' },
  '21903': { 25: 'parcelle-numero-slash' },
  '21905': {
    7: 'parcelle-contenance-absent',
    8: 'parcelle-contenance-absent',
    90: 'parcelle-contenance-absent',
  },
  '97490': { 3: 'parcelle-contenance-huge' },
};

/** The row as it is written: once as it was, most often. */
export function troubled(codeInsee: string, rank: number, row: CadastreRow): readonly CadastreRow[] {
  const trouble = PLACES[codeInsee]?.[rank];
  return trouble === undefined ? [row] : TROUBLES[trouble](row);
}
