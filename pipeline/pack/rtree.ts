/**
 * Writes FlatGeobuf's packed R-tree: nodes of a fixed size, level after level from the
 * root, every leaf one feature. `src/format/packed-rtree.ts` says how they lie. Each level
 * grows in a temporary file of its own; memory holds one node of each.
 */
import { NODE_BYTES, treeShape } from '../../src/format/packed-rtree.ts';
import type { Box } from '../../src/geometry/lattice.ts';
import { TemporaryFile } from './temporary-file.ts';

/** Children a node: FlatGeobuf's default, which readers prefetch for. */
export const NODE_SIZE = 16;

/** Nodes read at once. */
const CHUNK_NODES = 8192;
const BUFFER_BYTES = 1 << 16;

/** The smallest box around both. */
export function joinBoxes(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** A box that holds nothing, and that any box joined to it replaces. */
export const EMPTY_BOX: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** The nodes of one level, and what is known of the next parent. */
interface Level {
  readonly file: TemporaryFile;
  nodes: number;
  parent: Box;
}

/** The tree over features that are told one after the other. */
export class TreeWriter {
  readonly #folder: string;
  /** From the leaves up. */
  readonly #levels: Level[] = [];

  /** @param folder where temporary files are made. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The next feature, whose bytes begin at `offset` after the first one's; its box is in degrees. */
  add(box: Box, offset: number): void {
    this.#add(0, box, offset);
  }

  /** All bytes of the tree. Call it once, after the last feature and at least one. */
  *bytes(): Generator<Uint8Array> {
    const [leaves] = this.#levels;
    const { levels } = treeShape(leaves?.nodes ?? 0, NODE_SIZE);
    for (let height = 0; height < levels.length - 1; height++) this.#closeParent(height);
    for (const [depth, { start, end }] of levels.entries()) {
      const below = levels[depth + 1];
      yield* this.#levelBytes(levels.length - 1 - depth, end - start, below?.start ?? null);
    }
  }

  close(): void {
    for (const { file } of this.#levels) file.close();
  }

  #add(height: number, box: Box, position: number): void {
    const level = this.#levelAt(height);
    const node = Buffer.allocUnsafe(NODE_BYTES);
    box.forEach((value, i) => node.writeDoubleLE(value, 8 * i));
    node.writeBigUInt64LE(BigInt(position), 32);
    level.file.append(node);
    level.nodes += 1;
    level.parent = joinBoxes(level.parent, box);
    if (level.nodes % NODE_SIZE === 0) this.#addParent(height, level);
  }

  #levelAt(height: number): Level {
    const known = this.#levels[height];
    if (known !== undefined) return known;
    const level = { file: new TemporaryFile(this.#folder, BUFFER_BYTES), nodes: 0, parent: EMPTY_BOX };
    this.#levels.push(level);
    return level;
  }

  /** A parent's place among the children is known when all of them are counted: it is set when they are read. */
  #addParent(height: number, level: Level): void {
    const { parent } = level;
    level.parent = EMPTY_BOX;
    this.#add(height + 1, parent, 0);
  }

  /** The last parent above a level may have fewer children. */
  #closeParent(height: number): void {
    const level = this.#levelAt(height);
    if (level.nodes % NODE_SIZE !== 0) this.#addParent(height, level);
  }

  /** `below`: the first node of the level below; `null` in the leaves, whose positions are set. */
  *#levelBytes(height: number, nodes: number, below: number | null): Generator<Uint8Array> {
    const { file } = this.#levelAt(height);
    file.flush();
    for (let first = 0; first < nodes; first += CHUNK_NODES) {
      const count = Math.min(CHUNK_NODES, nodes - first);
      const bytes = Buffer.allocUnsafe(count * NODE_BYTES);
      file.read(bytes, first * NODE_BYTES);
      for (let i = 0; below !== null && i < count; i++) {
        bytes.writeBigUInt64LE(BigInt(below + (first + i) * NODE_SIZE), i * NODE_BYTES + 32);
      }
      yield bytes;
    }
  }
}
