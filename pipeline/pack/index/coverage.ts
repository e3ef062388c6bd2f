/** What the partitions cover, found by cell: boxes in a tree. */
import RBush from 'rbush';
import { cellBox, type Cell } from '../../../src/format/cells.ts';
import type { PartitionCoverage } from '../../../src/format/directory.ts';
import { toLattice, type Box } from '../../../src/geometry/lattice.ts';

interface Item {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  /** Its place among all boxes. */
  readonly order: number;
}

export type CoverageSearch = (cell: Cell) => PartitionCoverage[];

/** Gives the boxes that meet a cell, in the order of the partitions. */
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
  return (cell) => {
    const [minX, minY, maxX, maxY] = cellBox(cell);
    const found = tree.search({ minX, minY, maxX, maxY }).map(({ order }) => order);
    return found.sort((a, b) => a - b).flatMap((order) => all[order] ?? []);
  };
}
