import { calcTreeSize, generateLevelBounds } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { describe, expect, it } from 'vitest';
import type { Box } from '../geometry/lattice.ts';
import { childrenOf, NODE_BYTES, NodeRun, treeBytes, treeShape } from './packed-rtree.ts';

const EARTH: Box = [-180, -90, 180, 90];

function encode(box: Box, position: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(NODE_BYTES));
  box.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  view.setBigUint64(32, position, true);
  return new Uint8Array(view.buffer);
}

describe('treeShape', () => {
  it('lays levels out as the flatgeobuf package does', () => {
    for (const nodeSize of [2, 3, 16, 65535]) {
      for (const leaves of [1, 2, 15, 16, 17, 255, 256, 257, 4096, 4097, 100_000]) {
        const tree = treeShape(leaves, nodeSize);
        expect(tree.levels.map(({ start, end }) => [start, end]).reverse()).toEqual(
          generateLevelBounds(leaves, nodeSize),
        );
        expect(treeBytes(tree)).toBe(calcTreeSize(leaves, nodeSize));
      }
    }
  });
});

describe('NodeRun', () => {
  it('gives a box and a position', () => {
    const run = new NodeRun(encode([1, 2, 3, 4], 7n), 5, 'f');
    expect(run.node(5, EARTH, 10)).toEqual({ index: 5, box: [1, 2, 3, 4], position: 7 });
  });

  it('knows the box of a feature without a place', () => {
    const run = new NodeRun(encode([Infinity, Infinity, -Infinity, -Infinity], 7n), 0, 'f');
    expect(run.node(0, EARTH, 10).box).toBeNull();
  });

  it.each<[string, Box, bigint]>([
    ['NaN in its box', [NaN, 2, 3, 4], 7n],
    ['a box that is turned over', [3, 2, 1, 4], 7n],
    ['a box outside its parent', [1, 2, 3, 91], 7n],
    ['a position past the end', [1, 2, 3, 4], 11n],
    ['an absurd position', [1, 2, 3, 4], 2n ** 64n - 1n],
  ])('refuses a node with %s', (_, box, position) => {
    const run = new NodeRun(encode(box, position), 0, 'f.fgb');
    expect(() => run.node(0, EARTH, 10)).toThrow(
      expect.objectContaining({
        code: 'CorruptFile',
        message: expect.stringContaining('f.fgb: node 0') as unknown,
      }),
    );
  });
});

describe('childrenOf', () => {
  const tree = treeShape(40, 16);

  it('gives sixteen children, fewer at the end of a level', () => {
    const children = [1, 2, 3].map((index, i) =>
      childrenOf(tree, 1, { index, box: EARTH, position: 4 + 16 * i }, 'f'),
    );
    expect(children.map(({ start, end }) => [start, end])).toEqual([
      [4, 20],
      [20, 36],
      [36, 44],
    ]);
  });

  it('refuses a pointer that is not the one its place implies', () => {
    for (const position of [0, 3, 5, 20, 44]) {
      expect(() => childrenOf(tree, 1, { index: 1, box: EARTH, position }, 'f')).toThrow(
        expect.objectContaining({ code: 'CorruptFile' }),
      );
    }
  });
});
