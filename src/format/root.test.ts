import { describe, expect, it } from 'vitest';
import { readBytes } from './byte-reader.ts';
import { decodeRoot, encodeRoot, type Region } from './root.ts';
import { RandomUnits } from './testing/random-units.ts';

const units = new RandomUnits(11);

function regionsFrom(starts: readonly number[]): Region[] {
  const ref = { offset: 8, length: 9, check: 1 };
  return starts.map((start) => ({ start, end: 0, ref }));
}

describe('a root', () => {
  it('comes back as it was', () => {
    for (let i = 0; i < 100; i++) {
      const regions = units.regions(12345);
      const bytes = readBytes(encodeRoot(regions));
      expect(decodeRoot(bytes, regions.length, 12345)).toEqual(regions);
      bytes.end();
    }
  });

  it('says round starts in seven bytes a region', () => {
    const starts = Array.from({ length: 64 }, (_, i) => i * 4 ** 20);
    expect(encodeRoot(regionsFrom(starts))).toHaveLength(7 * 64);
  });

  it('is refused cut short, or out of order', () => {
    const regions = regionsFrom([0, 5, 7]);
    expect(() => decodeRoot(readBytes(encodeRoot(regions).subarray(1)), 3, 8)).toThrow(RangeError);
    expect(() => decodeRoot(readBytes(encodeRoot(regions)), 4, 8)).toThrow(RangeError);
    expect(() => encodeRoot(regionsFrom([0, 7, 5]))).toThrow(RangeError);
    for (const starts of [[1], [0, 0], [0, 4 ** 26]]) {
      const raw = encodeRoot(regionsFrom(starts));
      expect(() => decodeRoot(readBytes(raw), starts.length, 8)).toThrow('root');
    }
  });

  it('is refused with more regions than it has bytes, before they are allocated', () => {
    expect(() => decodeRoot(readBytes(new Uint8Array(20)), 2 ** 40, 8)).toThrow(RangeError);
  });
});
