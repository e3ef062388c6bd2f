import { generateLevelBounds } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { describe, expect, it } from 'vitest';
import { treeShape } from './packed-rtree.ts';

describe('treeShape', () => {
  it('lays levels out as the flatgeobuf package does', () => {
    for (const nodeSize of [2, 3, 16, 65535]) {
      for (const leaves of [1, 2, 15, 16, 17, 255, 256, 257, 4096, 4097, 100_000]) {
        const { levels } = treeShape(leaves, nodeSize);
        expect(levels.map(({ start, end }) => [start, end]).reverse()).toEqual(
          generateLevelBounds(leaves, nodeSize),
        );
      }
    }
  });

  it('refuses a tree over nothing', () => {
    expect(() => treeShape(0, 16)).toThrow(RangeError);
  });
});
