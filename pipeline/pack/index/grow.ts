/**
 * Grows the tree of a layer and gives its leaves in order: cells divided while that makes
 * them cost less than a leaf may. What fits in memory is divided there; more is first
 * distributed into bins of smaller cells. Both decide alike, by costs alone, so the tree
 * does not depend on the memory allowed.
 */
import type { LayerGeometry } from '../../../src/format/catalogue.ts';
import { MAX_LEVEL, ROOT_CELL, type Cell } from '../../../src/format/cells.ts';
import { BinStore, type Bin } from './bins.ts';
import { cellTree, descend, distribute, type CellNode } from './cell-node.ts';
import { costOf, divide, isWorthwhile } from './division.ts';
import type { Entry } from './entry.ts';
import type { Leaf } from './page-run.ts';

/** Levels that a bin too large for memory is distributed over at once: 64 cells. */
const LEVELS_AT_ONCE = 3;

export interface GrowOptions {
  readonly geometry: LayerGeometry;
  /** For temporary files. */
  readonly folder: string;
  /** Bytes of entries held at once; half of them while they are distributed. */
  readonly memory: number;
  /** Whether a leaf of such a cost is too large: asked in the order of the leaves. */
  readonly isFull: (cost: number) => boolean;
  readonly onLeaf: (leaf: Leaf) => void;
}

/** All entries of a cell; may be asked again. */
export type EntrySource = () => Iterable<Entry>;

/** Grows the tree over `source`, first distributed into the cells that `isHeavy` does not divide. */
export function growTree(source: EntrySource, isHeavy: (cell: Cell) => boolean, options: GrowOptions): void {
  growOver(source, ROOT_CELL, isHeavy, options);
}

function growOver(
  source: EntrySource,
  cell: Cell,
  isDivided: (cell: Cell) => boolean,
  options: GrowOptions,
): void {
  const store = new BinStore(options.folder, options.memory / 2);
  try {
    const root = cellTree(cell, store, isDivided);
    for (const entry of source()) distribute(entry, root, options.geometry);
    store.finish();
    growNode(root, root, source, options);
  } finally {
    store.close();
  }
}

/** Grows the tree under `node`, of the tree of `root` over `source`. */
function growNode(node: CellNode, root: CellNode, source: EntrySource, options: GrowOptions): void {
  if (node.bin !== null) {
    growBin(node.bin, node.cell, options);
    return;
  }
  const costs = node.quarters.map(({ cost }) => cost);
  if (options.isFull(node.cost) && isWorthwhile(node, costs)) {
    for (const quarter of node.quarters) growNode(quarter, root, source, options);
  } else options.onLeaf({ cell: node.cell, entries: [...gather(source, root, node.cell, options.geometry)] });
}

function* gather(source: EntrySource, root: CellNode, cell: Cell, geometry: LayerGeometry): Generator<Entry> {
  for (const entry of source()) {
    const narrowed = descend(entry, root, cell, geometry);
    if (narrowed !== null) yield narrowed;
  }
}

function growBin(bin: Bin, cell: Cell, options: GrowOptions): void {
  if (bin.weight <= options.memory / 2 || cell.level >= MAX_LEVEL) {
    growLeaf({ cell, entries: [...bin.entries()] }, options);
    return;
  }
  const isDivided = ({ level }: Cell): boolean => level < cell.level + LEVELS_AT_ONCE;
  growOver(() => bin.entries(), cell, isDivided, options);
}

/** Grows the tree under a cell whose entries are in memory. */
function growLeaf(leaf: Leaf, options: GrowOptions): void {
  const quarters = options.isFull(costOf(leaf.entries)) ? divide(leaf, options.geometry) : null;
  if (quarters === null) options.onLeaf(leaf);
  else for (const quarter of quarters) growLeaf(quarter, options);
}
