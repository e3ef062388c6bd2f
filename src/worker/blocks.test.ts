import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { endOf, holdingOf, joined, keyOf, type RangeBlock } from './blocks.ts';

const SEED = 4;

function block(offset: number, end: number): RangeBlock {
  return { path: 'f', offset, length: end - offset };
}

describe('the key of a block', () => {
  it('tells a whole file from its parts', () => {
    expect(keyOf({ path: 'data/x.idx', offset: null, length: 9 })).toBe('data/x.idx');
    expect(keyOf({ path: 'data/x.idx', offset: 5, length: 10 })).toBe('data/x.idx?bytes=5-14');
  });
});

describe('what blocks hold of a span', () => {
  it('is found from both of its ends', () => {
    const [a, b, c, d] = [block(0, 10), block(10, 20), block(30, 40), block(45, 60)];
    const { used, missing } = holdingOf([a, b, c, d], block(5, 50));
    expect(used).toEqual([a, b, d]);
    expect(missing).toEqual({ offset: 20, length: 25 });
    expect(holdingOf([a, b], block(5, 15)).missing).toBeNull();
    expect(holdingOf([], block(5, 15)).missing).toEqual({ offset: 5, length: 10 });
  });

  it('is every byte of it but those of one span (random blocks, overlapping too)', () => {
    const random = seededRandom(SEED);
    const at = (): number => Math.floor(random() * 40);
    for (let round = 0; round < 500; round++) {
      const blocks = Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
        const offset = at();
        return block(offset, offset + 1 + Math.floor(random() * 10));
      });
      const offset = at();
      const span = block(offset, offset + 1 + at());
      const { used, missing } = holdingOf(blocks, span);
      for (let byte = span.offset; byte < endOf(span); byte++) {
        const has = (one: { offset: number; length: number } | null): boolean =>
          one !== null && one.offset <= byte && byte < endOf(one);
        const message = `seed ${SEED}, round ${round}, byte ${byte}`;
        expect(used.some(has) || has(missing), message).toBe(true);
      }
      // It begins and ends where nothing is held.
      const ends = missing === null ? [] : [missing.offset, endOf(missing) - 1];
      for (const end of ends) {
        expect(blocks.some((one) => one.offset <= end && end < endOf(one))).toBe(false);
      }
    }
  });
});

describe('a span joined to those near it', () => {
  it('takes along what lies between, as far as the gap', () => {
    const near = [block(0, 10), block(60, 70)];
    expect(joined(block(20, 50), near, 10)).toEqual({ offset: 10, length: 50 });
    expect(joined(block(21, 49), near, 10)).toEqual({ offset: 21, length: 28 });
    expect(joined(block(10, 60), near, 10)).toEqual({ offset: 10, length: 50 });
    expect(joined(block(20, 50), [], 10)).toEqual({ offset: 20, length: 30 });
  });
});
