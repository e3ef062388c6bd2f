/**
 * Writes FlatGeobuf's packed R-tree: nodes of a fixed size, level after level from the
 * root, every leaf one feature. `src/format/packed-rtree.ts` says how they lie.
 */
import { NODE_BYTES, treeBytes, treeShape } from '../../src/format/packed-rtree.ts';
import type { Box } from '../../src/geometry/lattice.ts';

/** Children a node: FlatGeobuf's default, which readers prefetch for. */
export const NODE_SIZE = 16;

export interface Leaf {
  /** Degrees. */
  readonly box: Box;
  /** Bytes from the first feature. */
  readonly offset: number;
}

/** Writes nodes in place and grows their parents' boxes. */
class NodeWriter {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  box(node: number): Box {
    const at = node * NODE_BYTES;
    const read = (i: number): number => this.#view.getFloat64(at + 8 * i, true);
    return [read(0), read(1), read(2), read(3)];
  }

  write(node: number, box: Box, position: number): void {
    const at = node * NODE_BYTES;
    box.forEach((value, i) => {
      this.#view.setFloat64(at + 8 * i, value, true);
    });
    this.#view.setBigUint64(at + 32, BigInt(position), true);
  }
}

/** The smallest box around both. */
export function joinBoxes(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** A box that holds nothing, and that any box joined to it replaces. */
export const EMPTY_BOX: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** The tree over `leaves`, in the order in which the features stand in the file. */
export function buildTree(leaves: readonly Leaf[]): Uint8Array {
  const tree = treeShape(leaves.length, NODE_SIZE);
  const bytes = new Uint8Array(treeBytes(tree));
  const nodes = new NodeWriter(bytes);
  const first = tree.levels.at(-1)?.start ?? 0;
  leaves.forEach((leaf, i) => {
    nodes.write(first + i, leaf.box, leaf.offset);
  });
  for (let level = tree.levels.length - 2; level >= 0; level--) {
    const { start: below = 0, end = 0 } = tree.levels[level + 1] ?? {};
    let parent = tree.levels[level]?.start ?? 0;
    for (let child = below; child < end; child += NODE_SIZE) {
      let box = EMPTY_BOX;
      for (let i = child; i < Math.min(child + NODE_SIZE, end); i++) box = joinBoxes(box, nodes.box(i));
      nodes.write(parent++, box, child);
    }
  }
  return bytes;
}
