import { describe, expect, it } from 'vitest';
import { END_OF_CODES, ROOT_CELL } from './cells.ts';
import { decodeDirectory, encodeDirectory } from './directory.ts';
import { RandomUnits } from './testing/random-units.ts';
import { refuses } from './testing/refusal.ts';

const units = new RandomUnits(3);

describe('a directory', () => {
  it('comes back as it was', () => {
    for (let i = 0; i < 300; i++) {
      const { directory, region } = units.directory();
      expect(decodeDirectory(encodeDirectory(directory), region, 'x.idx')).toEqual(directory);
    }
  });

  it('of an empty layer is one empty leaf', () => {
    const directory = { coverage: [], leaves: [{ cell: ROOT_CELL, page: -1, ordinal: -1 }], pages: [] };
    const region = { start: 0, end: END_OF_CODES, ref: { offset: 8, length: 30, check: 1 } };
    expect(decodeDirectory(encodeDirectory(directory), region, 'x.idx')).toEqual(directory);
  });

  it('fits no other region', () => {
    for (let i = 0; i < 100; i++) {
      const { directory, region } = units.directory();
      const raw = encodeDirectory(directory);
      const { start, end, ref } = region;
      for (const other of [
        { start: start + 1, end, ref },
        { start, end: end + 1, ref },
        { start, end: end - 1, ref },
        { start: start - 4, end: end - 4, ref },
      ]) {
        expect(refuses(() => decodeDirectory(raw, other, 'x.idx'))).toBe(true);
      }
    }
  });

  it('refuses in writing what its planes cannot say', () => {
    const { leaves } = units.directory().directory;
    const pages = [{ offset: 8, length: 2 ** 24, check: 0 }];
    expect(() => encodeDirectory({ coverage: [], leaves, pages })).toThrow(RangeError);
  });
});
