/** Divides a cell of the tree into its quarters, where that helps. */
import type { LayerGeometry } from '../../../src/format/catalogue.ts';
import { cellBox, childrenOfCell, MAX_LEVEL, type Cell } from '../../../src/format/cells.ts';
import { spreadEntry, type Entry, type EntryTaker } from './entry.ts';
import type { Leaf } from './page-run.ts';

/**
 * Four quarters that together cost so many times their cell are not worth it: what meets
 * the cell covers it, or lies where they touch. Edges and small features, halved twice,
 * come to little more than once.
 */
const HOPELESS = 3;
/**
 * Nor are quarters of which one costs about as much as the cell and there is another like
 * it, where all features are so many times longer than the cell: they lie one on the other,
 * and each level would double the leaves of them all. Wider bundles come apart before.
 */
const LONG = 16;
const AS_MUCH = 0.95;

/** A cell, with what decides whether it is divided. */
export interface Crowd {
  readonly cell: Cell;
  /** Of all entries that meet the cell. */
  readonly cost: number;
  /** The least that any of their features reaches along either axis, in lattice steps. */
  readonly reach: number;
}

export function costOf(entries: readonly Entry[]): number {
  let cost = 0;
  for (const entry of entries) cost += entry.cost;
  return cost;
}

/** Of a feature. */
export function reachOf({ box: [minX, minY, maxX, maxY] }: Entry['feature']): number {
  return Math.max(maxX - minX, maxY - minY);
}

/** Whether quarters of such costs are better than the whole. */
export function isWorthwhile({ cell, cost, reach }: Crowd, quarters: readonly number[]): boolean {
  const sum = quarters.reduce((total, quarter) => total + quarter, 0);
  const isDoubled = sum >= 2 * AS_MUCH * cost && Math.max(...quarters) >= AS_MUCH * cost;
  const [minX, , maxX] = cellBox(cell);
  return sum < HOPELESS * cost && !(isDoubled && reach >= LONG * (maxX - minX));
}

/** The quarters of a leaf; `null` where they would not help. */
export function divide({ cell, entries }: Leaf, geometry: LayerGeometry): readonly Leaf[] | null {
  if (cell.level >= MAX_LEVEL) return null;
  const cells = childrenOfCell(cell);
  const quarters = distribute(entries, cell, cells, geometry);
  const reach = entries.reduce((least, { feature }) => Math.min(least, reachOf(feature)), Infinity);
  if (!isWorthwhile({ cell, cost: costOf(entries), reach }, quarters.map(costOf))) return null;
  return cells.map((quarter, i) => ({ cell: quarter, entries: quarters[i] ?? [] }));
}

function distribute(
  entries: readonly Entry[],
  from: Cell,
  cells: readonly Cell[],
  geometry: LayerGeometry,
): Entry[][] {
  const boxes = cells.map(cellBox);
  const box = cellBox(from);
  const held = cells.map((): Entry[] => []);
  const take: EntryTaker = (entry, cell) => held[cell]?.push(entry);
  for (const entry of entries) {
    spreadEntry(entry, box, boxes, geometry, take);
  }
  return held;
}
