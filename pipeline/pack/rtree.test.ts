import { calcTreeSize, generateLevelBounds } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { describe, expect, it } from 'vitest';
import { NODE_BYTES, treeShape } from '../../src/format/packed-rtree.ts';
import { boxesMeet, type Box } from '../../src/geometry/lattice.ts';
import { seededRandom } from '../../src/testing/random.ts';
import { useFolder } from '../testing/folder.ts';
import { EMPTY_BOX, joinBoxes, NODE_SIZE, TreeWriter } from './rtree.ts';

const SEED = 11;
const COUNTS = [1, 2, 15, 16, 17, 256, 257, 4096, 4097, 20_000];

const folder = useFolder();

interface Leaf {
  readonly box: Box;
  readonly offset: number;
}

function buildTree(leaves: readonly Leaf[]): Uint8Array {
  const writer = new TreeWriter(folder.path('tree'));
  for (const { box, offset } of leaves) writer.add(box, offset);
  const bytes = new Uint8Array(Buffer.concat([...writer.bytes()]));
  writer.close();
  return bytes;
}

function randomLeaves(count: number): Leaf[] {
  const random = seededRandom(SEED + count);
  return Array.from({ length: count }, (_, i): Leaf => {
    const [x, y] = [random(), random()];
    return { box: [x, y, x + random() / 50, y + random() / 50], offset: i * 100 };
  });
}

interface Node {
  readonly box: Box;
  readonly position: number;
}

function readNode(tree: Uint8Array, index: number): Node {
  const view = new DataView(tree.buffer, tree.byteOffset + index * NODE_BYTES, NODE_BYTES);
  const corner = (i: number): number => view.getFloat64(8 * i, true);
  return { box: [corner(0), corner(1), corner(2), corner(3)], position: Number(view.getBigUint64(32, true)) };
}

/** The offsets of the leaves whose boxes meet `box`, from the root down. */
function search(tree: Uint8Array, leaves: number, box: Box): number[] {
  let nodes = [0];
  for (const { end } of treeShape(leaves, NODE_SIZE).levels.slice(1)) {
    nodes = nodes
      .map((index) => readNode(tree, index))
      .filter((node) => boxesMeet(node.box, box))
      .flatMap(({ position }) =>
        Array.from({ length: Math.min(NODE_SIZE, end - position) }, (_, i) => position + i),
      );
  }
  return nodes
    .map((index) => readNode(tree, index))
    .filter((node) => boxesMeet(node.box, box))
    .map(({ position }) => position);
}

describe.each(COUNTS)('the tree over %i leaves', (count) => {
  it('has the levels and the size that the flatgeobuf package counts on', () => {
    const levels = treeShape(count, NODE_SIZE).levels.map(({ start, end }) => [start, end]);
    expect(levels.reverse()).toEqual(generateLevelBounds(count, NODE_SIZE));
    expect(buildTree(randomLeaves(count))).toHaveLength(calcTreeSize(count, NODE_SIZE));
  });

  it('finds what brute force finds', () => {
    const leaves = randomLeaves(count);
    const tree = buildTree(leaves);
    const random = seededRandom(SEED);
    for (let i = 0; i < 50; i++) {
      const [x, y, size] = [random(), random(), random() ** 2];
      const box: Box = [x, y, x + size, y + size];
      const expected = leaves.filter((leaf) => boxesMeet(leaf.box, box)).map(({ offset }) => offset);
      expect(search(tree, count, box), `seed ${SEED}, box ${box.join(' ')}`).toEqual(expected);
    }
  });

  it('has the box of all leaves at its root', () => {
    const leaves = randomLeaves(count);
    const all = leaves.map(({ box }) => box).reduce(joinBoxes);
    expect(readNode(buildTree(leaves), 0).box).toEqual(all);
  });
});

describe('the tree', () => {
  it('keeps a leaf without a place out of every box and out of the boxes above it', () => {
    const leaves = [...randomLeaves(20), { box: EMPTY_BOX, offset: 2000 }];
    const everywhere: Box = [-180, -90, 180, 90];
    const tree = buildTree(leaves);
    expect(search(tree, leaves.length, everywhere)).toEqual(leaves.slice(0, 20).map(({ offset }) => offset));
    expect(readNode(tree, 0).box.every(Number.isFinite)).toBe(true);
  });

  it('holds offsets beyond 32 bits', () => {
    const offset = 2 ** 40;
    const tree = buildTree([{ box: [0, 0, 1, 1], offset }]);
    expect(search(tree, 1, [0, 0, 1, 1])).toEqual([offset]);
  });
});
