import { describe, expect, it } from 'vitest';
import { readBytes } from './byte-reader.ts';
import { decodeRoot, encodeRoot } from './root.ts';
import { RandomUnits } from './testing/random-units.ts';

const units = new RandomUnits(11);
const BYTES = 5600;

function decode(raw: Uint8Array, n: number): unknown {
  return decodeRoot(readBytes(raw), n, 12345, BYTES);
}

describe('a root', () => {
  it('comes back as it was, of one byte a region', () => {
    for (let i = 0; i < 100; i++) {
      const regions = units.regions(12345, BYTES);
      const raw = encodeRoot(regions);
      expect(raw).toHaveLength(regions.length);
      expect(decode(raw, regions.length)).toEqual(regions);
    }
  });

  it('is refused cut short, or when its regions do not tile the root cell', () => {
    for (const levels of [[], [1], [1, 1, 1], [1, 1, 1, 1, 1], [0, 0], [2, 1, 1, 1], [1, 1, 1, 27], [255]]) {
      expect(() => decode(Uint8Array.from(levels), levels.length)).toThrow(/cell/);
    }
    expect(() => decode(Uint8Array.of(1, 1, 1), 4)).toThrow(RangeError);
  });

  it('is refused with more regions than it has bytes, before they are allocated', () => {
    expect(() => decode(new Uint8Array(20), 2 ** 40)).toThrow(RangeError);
  });
});
