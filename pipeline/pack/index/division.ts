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

export function costOf(entries: readonly Entry[]): number {
  let cost = 0;
  for (const entry of entries) cost += entry.cost;
  return cost;
}

/** Whether quarters that cost so much together are better than the whole. */
export function isWorthwhile(quarters: number, whole: number): boolean {
  return quarters < HOPELESS * whole;
}

/** The quarters of a leaf; `null` where they would not help. */
export function divide({ cell, entries }: Leaf, geometry: LayerGeometry): readonly Leaf[] | null {
  if (cell.level >= MAX_LEVEL) return null;
  const cells = childrenOfCell(cell);
  const quarters = distribute(entries, cell, cells, geometry);
  const cost = quarters.reduce((sum, held) => sum + costOf(held), 0);
  if (!isWorthwhile(cost, costOf(entries))) return null;
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
