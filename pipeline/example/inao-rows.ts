/**
 * What INAO delimits in Terre d'exemple: rows as they should be, one for each known
 * trouble of its file, and those that only the old generation holds.
 */
import type { DefectName } from './defects.ts';
import * as wines from './denominations.ts';
import type { Denomination } from './denominations.ts';
import type { Values } from './fields.ts';
import type { Point } from './ring.ts';
import { polygon, type Shape } from './shape.ts';
import type { Plans } from './territory.ts';
import { bowTie, fieldWithThinHole, giantVineyard, vineyards } from './vineyards.ts';

/** A delimitation: one denomination in one commune. */
export interface Delimitation {
  readonly wine: Denomination;
  readonly codeInsee: string;
  readonly shape: Shape | null;
  readonly defect?: DefectName;
  /** What the row says instead of what is right. */
  readonly wrong?: Values;
}

/** Rows as they should be, but for the weight of one. */
export function soundRows(plans: Plans): Delimitation[] {
  const [vernoy, combe, aubrin, echelle] = ['21901', '21902', '21903', '21906'].map((code) => plans.of(code));
  if (!vernoy || !combe || !aubrin || !echelle) return [];
  const combeVines = vineyards(combe, [300, 1000], 18);
  return [
    {
      wine: wines.REGIONALE,
      codeInsee: '21901',
      shape: polygon(...giantVineyard(vernoy, plans.seed)),
      defect: 'aoc-giant',
    },
    { wine: wines.REGIONALE, codeInsee: '21902', shape: combeVines },
    { wine: wines.REGIONALE, codeInsee: '21903', shape: vineyards(aubrin, [0, 900], 25) },
    { wine: wines.REGIONALE, codeInsee: '21906', shape: vineyards(echelle, [200, 900], 25) },
    { wine: wines.COMMUNALE, codeInsee: '21901', shape: vineyards(vernoy, [0, 700], 30) },
    { wine: wines.PREMIER_CRU, codeInsee: '21901', shape: vineyards(vernoy, [250, 700], 12) },
    { wine: wines.CLOS_ROUX, codeInsee: '21901', shape: vineyards(vernoy, [250, 700], 1) },
    { wine: wines.SABLONS, codeInsee: '21901', shape: vineyards(vernoy, [400, 700], 3) },
    { wine: wines.CREMANT, codeInsee: '21901', shape: vineyards(vernoy, [500, 1200], 20) },
    { wine: wines.CREMANT, codeInsee: '21902', shape: combeVines, defect: 'aoc-same-geometry' },
    { wine: wines.SABLE, codeInsee: '21903', shape: vineyards(aubrin, [500, 1500], 6) },
  ];
}

/** One row for each known trouble of the file. */
export function troubledRows(plans: Plans): Delimitation[] {
  const vernoy = plans.of('21901');
  const at = (dx: number, dy: number): Point => [vernoy.village[0] + dx, vernoy.village[1] + dy];
  const aubrin = vineyards(plans.of('21903'), [300, 900], 4);
  const echelle = vineyards(plans.of('21906'), [600, 1200], 4);
  const duplicate: Delimitation = { wine: wines.PREMIER_CRU, codeInsee: '21906', shape: echelle };
  const both = { insee: '21901,21902', nomcom: 'Vernoy-les-Treilles,Combe-Lavière' };
  return [
    {
      wine: wines.CREMANT,
      codeInsee: '21903',
      shape: aubrin,
      defect: 'aoc-insee-ok',
      wrong: { insee: 'ok' },
    },
    {
      wine: wines.COMMUNALE,
      codeInsee: '21906',
      shape: echelle,
      defect: 'aoc-insee2011-ok',
      wrong: { insee2011: 'ok' },
    },
    {
      wine: wines.CREMANT,
      codeInsee: '21906',
      shape: echelle,
      defect: 'aoc-insee-null',
      wrong: { insee: null, nomcom: null },
    },
    { wine: wines.SABLONS, codeInsee: '21902', shape: aubrin, defect: 'aoc-two-codes', wrong: both },
    { wine: wines.CLOS_ROUX, codeInsee: '21902', shape: bowTie(at(60, 140), 45), defect: 'aoc-bow-tie' },
    {
      wine: wines.SABLE,
      codeInsee: '21901',
      shape: fieldWithThinHole(at(-200, 80), 60),
      defect: 'aoc-thin-hole',
    },
    duplicate,
    { ...duplicate, defect: 'aoc-duplicate' },
    { wine: wines.SABLE, codeInsee: '21902', shape: null, defect: 'aoc-null-geometry' },
  ];
}

/** Rows of the old generation. */
export function oldRows(plans: Plans): Delimitation[] {
  return [
    { wine: wines.CHIARO, codeInsee: '2A904', shape: vineyards(plans.of('2A904'), [0, 900], 20) },
    { wine: wines.ALBINE, codeInsee: '01004', shape: vineyards(plans.of('01004'), [0, 900], 20) },
    { wine: wines.CREMANT, codeInsee: '01004', shape: vineyards(plans.of('01004'), [300, 1100], 10) },
  ];
}
