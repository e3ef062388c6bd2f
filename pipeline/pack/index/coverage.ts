/** What the partitions cover, found by region: boxes in a tree, asked by the cells of a range. */
import RBush from 'rbush';
import { cellBox, cellSpan, MAX_LEVEL, type Cell } from '../../../src/format/cells.ts';
import type { PartitionCoverage } from '../../../src/format/directory.ts';
import { toLattice, type Box } from '../../../src/geometry/lattice.ts';

/** The largest cells that together are the codes [start, end), in order. */
export function cellsOfRange(start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  for (let at = start; at < end;) {
    let level = MAX_LEVEL;
    while (level > 0 && at % cellSpan(level - 1) === 0 && at + cellSpan(level - 1) <= end) level--;
    cells.push({ start: at, level });
    at += cellSpan(level);
  }
  return cells;
}

interface Item {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  /** Its place among all boxes. */
  readonly order: number;
}

export type CoverageSearch = (start: number, end: number) => PartitionCoverage[];

/** Gives the boxes that meet the codes [start, end), in the order of the partitions. */
export function coverageSearch(partitions: readonly { readonly coverage: readonly Box[] }[]): CoverageSearch {
  const all = partitions.flatMap(({ coverage }, partition) => coverage.map((box) => ({ partition, box })));
  const tree = new RBush<Item>();
  tree.load(
    all.map(({ box: [minX, minY, maxX, maxY] }, order) => ({
      minX: toLattice(minX),
      minY: toLattice(minY),
      maxX: toLattice(maxX),
      maxY: toLattice(maxY),
      order,
    })),
  );
  return (start, end) => {
    const found = new Set<number>();
    for (const [minX, minY, maxX, maxY] of cellsOfRange(start, end).map(cellBox)) {
      for (const { order } of tree.search({ minX, minY, maxX, maxY })) found.add(order);
    }
    return [...found].sort((a, b) => a - b).flatMap((order) => all[order] ?? []);
  };
}
