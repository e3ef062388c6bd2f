import { describe, expect, it } from 'vitest';
import { decodeKeyDirectory, encodeKeyDirectory, type KeyDirectory } from './key-directory.ts';
import { decodeKeyLeaf, encodeKeyLeaf } from './key-leaves.ts';
import { RandomUnits } from './testing/random-units.ts';
import { refuses } from './testing/refusal.ts';

const units = new RandomUnits(17);

describe('a leaf of keys', () => {
  it.each([0, 1, 4])('of %i fields comes back as it was', (keys) => {
    for (let i = 0; i < 50; i++) {
      const leaf = units.leafRef(keys);
      const blocks = units.blocks(leaf, keys);
      expect(decodeKeyLeaf(encodeKeyLeaf(blocks, keys), leaf, units.file(), keys, 'x.idx')).toEqual(blocks);
    }
  });

  it('is refused when its blocks pass their file', () => {
    const leaf = units.leafRef(1);
    const blocks = units.blocks(leaf, 1);
    const last = blocks.at(-1) ?? { offset: 0, length: 0, position: 0, features: 0 };
    const file = {
      ...units.file(),
      length: last.offset + last.length,
      features: last.position + last.features,
    };
    const raw = encodeKeyLeaf(blocks, 1);
    expect(decodeKeyLeaf(raw, leaf, file, 1, 'x.idx')).toEqual(blocks);
    for (const short of [{ length: file.length - 1 }, { features: file.features - 1 }]) {
      expect(refuses(() => decodeKeyLeaf(raw, leaf, { ...file, ...short }, 1, 'x.idx'))).toBe(true);
    }
  });
});

describe('a directory of keys', () => {
  const again = (directory: KeyDirectory, keys: number): KeyDirectory =>
    decodeKeyDirectory(
      encodeKeyDirectory(directory, keys),
      directory.leaves[0]?.ref.offset ?? 8,
      keys,
      'x.idx',
    );

  it.each([0, 1, 4])('of %i fields comes back as it was', (keys) => {
    for (let i = 0; i < 50; i++) {
      const directory = units.keyDirectory(keys);
      expect(again(directory, keys)).toEqual(directory);
    }
  });

  it('of nothing comes back as it was', () => {
    expect(again({ files: [], leaves: [] }, 3)).toEqual({ files: [], leaves: [] });
  });

  it('is refused with a leaf of a file that it does not name', () => {
    const leaf = units.leafRef(1);
    const isRefused = (partition: number): boolean =>
      refuses(() => again({ files: [units.file()], leaves: [{ ...leaf, partition }] }, 1));
    expect([isRefused(0), isRefused(1)]).toEqual([false, true]);
  });
});
