/**
 * A tree of cells into which entries are distributed before anyone knows how the cells
 * will be divided in the end: at its leaves bins, and at each node what it would cost.
 */
import type { LayerGeometry } from '../../../src/format/catalogue.ts';
import { cellBox, childrenOfCell, MAX_LEVEL, type Cell } from '../../../src/format/cells.ts';
import type { Box } from '../../../src/geometry/lattice.ts';
import type { Bin, BinStore } from './bins.ts';
import { reachOf, type Crowd } from './division.ts';
import { spreadEntry, type Entry } from './entry.ts';

export interface CellNode extends Crowd {
  readonly box: Box;
  cost: number;
  reach: number;
  /** Its quarters; none where it has a bin. */
  readonly quarters: readonly CellNode[];
  readonly boxes: readonly Box[];
  readonly bin: Bin | null;
}

/** The tree under `cell`, divided where `isDivided` says so. */
export function cellTree(cell: Cell, store: BinStore, isDivided: (cell: Cell) => boolean): CellNode {
  const quarters =
    cell.level < MAX_LEVEL && isDivided(cell)
      ? childrenOfCell(cell).map((quarter) => cellTree(quarter, store, isDivided))
      : [];
  const bin = quarters.length === 0 ? store.bin() : null;
  return {
    cell,
    box: cellBox(cell),
    ...{ cost: 0, reach: Infinity },
    quarters,
    boxes: quarters.map(({ box }) => box),
    bin,
  };
}

/** Puts `entry`, of the cell of `node`, into every bin whose cell it meets. */
export function distribute(entry: Entry, node: CellNode, geometry: LayerGeometry): void {
  node.cost += entry.cost;
  node.reach = Math.min(node.reach, reachOf(entry.feature));
  node.bin?.add(entry);
  if (node.bin !== null) return;
  spreadEntry(entry, node.box, node.boxes, geometry, (narrowed, i) => {
    const quarter = node.quarters[i];
    if (quarter !== undefined) distribute(narrowed, quarter, geometry);
  });
}

/** `entry`, of the cell of `node`, in the cell of a node below; `null` where it does not meet it. */
export function descend(entry: Entry, node: CellNode, target: Cell, geometry: LayerGeometry): Entry | null {
  let [at, narrowed]: [CellNode, Entry | null] = [node, entry];
  // Level by level, as distributing does: the same edges are then in the same order.
  while (narrowed !== null && at.cell.level < target.level) {
    const next: CellNode | undefined = at.quarters.findLast(({ cell }) => cell.start <= target.start);
    if (next === undefined) throw new RangeError('a cell that is in no node');
    let taken: Entry | null = null;
    spreadEntry(narrowed, at.box, [next.box], geometry, (one) => {
      taken = one;
    });
    [at, narrowed] = [next, taken];
  }
  return narrowed;
}
