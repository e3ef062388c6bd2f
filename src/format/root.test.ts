import { describe, expect, it } from 'vitest';
import { decodeRoot, encodeRoot } from './root.ts';
import { RandomUnits } from './testing/random-units.ts';
import { refuses } from './testing/refusal.ts';

const units = new RandomUnits(11);

describe('a root', () => {
  it('comes back as it was', () => {
    for (let i = 0; i < 100; i++) {
      const regions = units.regions(12345);
      const raw = encodeRoot(regions);
      expect(raw.length).toBe(12 * regions.length);
      expect(decodeRoot(raw, 12345, 'x.idx')).toEqual(regions);
    }
  });

  it('is refused empty, cut short, or out of order', () => {
    const raw = encodeRoot(units.regions(8));
    expect(refuses(() => decodeRoot(new Uint8Array(0), 8, 'x.idx'))).toBe(true);
    expect(refuses(() => decodeRoot(raw.subarray(1), 8, 'x.idx'))).toBe(true);
    const ref = { offset: 8, length: 9, check: 1 };
    for (const starts of [[1], [0, 0], [0, 7, 5], [0, 4 ** 26], [0, 2 ** 53 - 1]]) {
      const regions = starts.map((start) => ({ start, end: 0, ref }));
      expect(refuses(() => decodeRoot(encodeRoot(regions), 8, 'x.idx'))).toBe(true);
    }
  });
});
