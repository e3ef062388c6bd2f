import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ROOT_CELL } from './cells.ts';
import { decodeDirectory, encodeDirectory, fillDirectory, openDirectory } from './directory.ts';
import { RandomUnits } from './testing/random-units.ts';
import { refuses } from './testing/refusal.ts';
import { sealBucket } from './unit.ts';

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
    expect(decodeDirectory(encodeDirectory(directory), ROOT_CELL, 'x.idx')).toEqual(directory);
  });

  it('fits no other region', () => {
    for (let i = 0; i < 100; i++) {
      const { directory, region } = units.directory();
      const raw = encodeDirectory(directory);
      const { start, level } = region;
      for (const other of [
        { start: start + 1, level },
        { start, level: level + 1 },
        { start, level: level - 1 },
      ]) {
        expect(refuses(() => decodeDirectory(raw, other, 'x.idx'))).toBe(true);
      }
    }
  });

  it('opens as it is stored, and in no other place or edition', async () => {
    const { directory, region } = units.directory();
    const deflated = deflateRawSync(encodeDirectory(directory));
    for (const room of [deflated.length + 8, deflated.length + 800]) {
      const stored = sealBucket(fillDirectory(deflated, room), 7, region.offset);
      expect(stored).toHaveLength(room);
      expect(await openDirectory(stored, region, 7, 'x.idx')).toEqual(directory);
      for (const open of [
        openDirectory(stored, region, 8, 'x.idx'),
        openDirectory(stored, { ...region, offset: region.offset + room }, 7, 'x.idx'),
        openDirectory(stored.with(room >> 1, (stored[room >> 1] ?? 0) ^ 1), region, 7, 'x.idx'),
      ]) {
        await expect(open).rejects.toMatchObject({ code: 'CorruptFile' });
      }
    }
  });

  it('refuses in writing what its planes cannot say', () => {
    const { leaves } = units.directory().directory;
    const pages = [{ offset: 8, length: 2 ** 24, check: 0 }];
    expect(() => encodeDirectory({ coverage: [], leaves, pages })).toThrow(RangeError);
  });
});
