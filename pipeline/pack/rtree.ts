/**
 * FlatGeobuf's packed R-tree: nodes of a fixed size, level after level from the
 * root, every leaf one feature. Forty bytes a node: a box in degrees and a position
 * (of the first child among the nodes; for a leaf, of its feature in bytes).
 */
import type { Box } from '../../src/geometry/lattice.ts';

/** Children a node: FlatGeobuf's default, which readers prefetch for. */
export const NODE_SIZE = 16;
const NODE_BYTES = 40;

/** The first and last-plus-one node of every level, from the leaves to the root. */
export function levelBounds(leaves: number): [number, number][] {
  const sizes = [leaves];
  for (let n = leaves; n > 1;) {
    n = Math.ceil(n / NODE_SIZE);
    sizes.push(n);
  }
  // A tree of one leaf still has a root above it: readers count on two levels.
  if (leaves === 1) sizes.push(1);
  let end = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => {
    const bounds: [number, number] = [end - size, end];
    end -= size;
    return bounds;
  });
}

/** Bytes of the tree over `leaves` features. */
export function treeBytes(leaves: number): number {
  return (levelBounds(leaves)[0]?.[1] ?? 0) * NODE_BYTES;
}

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
  const bytes = new Uint8Array(treeBytes(leaves.length));
  const nodes = new NodeWriter(bytes);
  const levels = levelBounds(leaves.length);
  const first = levels[0]?.[0] ?? 0;
  leaves.forEach((leaf, i) => {
    nodes.write(first + i, leaf.box, leaf.offset);
  });
  for (let level = 1; level < levels.length; level++) {
    const [start, end] = levels[level - 1] ?? [0, 0];
    let parent = levels[level]?.[0] ?? 0;
    for (let child = start; child < end; child += NODE_SIZE) {
      let box = EMPTY_BOX;
      for (let i = child; i < Math.min(child + NODE_SIZE, end); i++) box = joinBoxes(box, nodes.box(i));
      nodes.write(parent++, box, child);
    }
  }
  return bytes;
}
