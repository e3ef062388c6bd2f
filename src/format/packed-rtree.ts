/**
 * FlatGeobuf's packed R-tree as it lies in the file: nodes of forty bytes, level
 * after level from the root. Refuses a node whose box is none, leaves its parent's,
 * or which points elsewhere than its place in the tree implies.
 */
import { CartoError } from '../errors.ts';
import type { Box } from '../geometry/lattice.ts';

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

/** Bytes of the whole tree. */
export function treeBytes(tree: TreeShape): number {
  return (tree.levels.at(-1)?.end ?? 0) * NODE_BYTES;
}

export interface Node {
  /** Its place in the tree. */
  readonly index: number;
  /** Degrees; `null` for a feature without a place, or a node of nothing else. */
  readonly box: Box | null;
  /** Of its first child in the tree; of a leaf, its feature's offset among the features' bytes. */
  readonly position: number;
}

function corrupt(file: string, index: number, what: string): CartoError {
  return new CartoError('CorruptFile', `${file}: node ${index} of the index ${what}`, { file, node: index });
}

function contains(outer: Box, inner: Box): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

function readBox(view: DataView, at: number): Box {
  const corner = (i: number): number => view.getFloat64(at + 8 * i, true);
  return [corner(0), corner(1), corner(2), corner(3)];
}

/** How writers say that a feature has no place: a box that any box joined to it replaces. */
function isEmpty(box: Box): boolean {
  return box[0] === Infinity && box[1] === Infinity && box[2] === -Infinity && box[3] === -Infinity;
}

/** A run of nodes as read, from node `first` on. */
export class NodeRun {
  readonly #view: DataView;
  readonly #first: number;
  readonly #file: string;

  constructor(bytes: Uint8Array, first: number, file: string) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#first = first;
    this.#file = file;
  }

  /**
   * The position of node `index`.
   * @throws CartoError `CorruptFile` when it passes `limit`.
   */
  position(index: number, limit: number): number {
    const position = this.#view.getBigUint64((index - this.#first) * NODE_BYTES + 32, true);
    if (position > BigInt(limit)) throw corrupt(this.#file, index, `points to ${position}, past ${limit}`);
    return Number(position);
  }

  /** The node `index`, whose box must lie within that of its parent. */
  node(index: number, parent: Box, limit: number): Node {
    const box = readBox(this.#view, (index - this.#first) * NODE_BYTES);
    const position = this.position(index, limit);
    if (isEmpty(box)) return { index, box: null, position };
    // Written so that NaN fails.
    if (!(box[0] <= box[2] && box[1] <= box[3]))
      throw corrupt(this.#file, index, `has no box: ${box.join(' ')}`);
    if (!contains(parent, box)) throw corrupt(this.#file, index, 'lies outside its parent');
    return { index, box, position };
  }
}

/** The children of a node, and the box that they must lie in. */
export interface Siblings {
  readonly start: number;
  readonly end: number;
  readonly parent: Box;
}

/**
 * The children of `node`, which stands in `level` of the tree.
 * @throws CartoError `CorruptFile` when its pointer is not the one its place implies.
 */
export function childrenOf(tree: TreeShape, level: number, node: Node, file: string): Siblings {
  const [own, below] = [tree.levels[level], tree.levels[level + 1]];
  if (own === undefined || below === undefined || node.box === null) {
    throw corrupt(file, node.index, 'has no children');
  }
  const start = below.start + (node.index - own.start) * tree.nodeSize;
  if (node.position !== start) throw corrupt(file, node.index, `points to ${node.position}, not to ${start}`);
  return { start, end: Math.min(start + tree.nodeSize, below.end), parent: node.box };
}
