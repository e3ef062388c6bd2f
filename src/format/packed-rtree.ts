/**
 * FlatGeobuf's packed R-tree as it lies in the file: nodes of forty bytes, level after
 * level from the root. Ours to write, for whoever opens a file of features by itself; our
 * own reader asks the index.
 */

/** A box of four doubles, then a position of 64 bits. */
export const NODE_BYTES = 40;

/** Nodes [start, end) of the tree. */
export interface Level {
  readonly start: number;
  readonly end: number;
}

export interface TreeShape {
  /** From the root to the leaves. */
  readonly levels: readonly Level[];
  /** Children a node. */
  readonly nodeSize: number;
}

/**
 * The tree over `leaves` features; at least one.
 * @throws RangeError without a feature: no number of levels would come to a root.
 */
export function treeShape(leaves: number, nodeSize: number): TreeShape {
  if (!(leaves >= 1 && nodeSize >= 2)) throw new RangeError(`no tree over ${leaves} features`);
  const sizes = [leaves];
  // Even a single leaf has a root above it.
  do sizes.unshift(Math.ceil((sizes[0] ?? 1) / nodeSize));
  while (sizes[0] !== 1);
  let start = 0;
  const levels = sizes.map((size) => {
    const level = { start, end: start + size };
    start = level.end;
    return level;
  });
  return { levels, nodeSize };
}
