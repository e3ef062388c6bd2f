import { describe, expect, it } from 'vitest';
import { addressOf, BUCKET_BYTES, encodeBucket, findInBucket, fitsInBucket, keyOf } from './bucket.ts';
import { RandomUnits } from './testing/random-units.ts';
import { refuses } from './testing/refusal.ts';

const units = new RandomUnits(5);

describe('a bucket', () => {
  it.each([0, 1, 30, 256, 257, 280])('of %i pages gives those of each tag, each once', (pages) => {
    for (let i = 0; i < 20; i++) {
      const bucket = units.bucket(pages);
      const payload = encodeBucket(bucket);
      expect(payload.length).toBe(BUCKET_BYTES - 4);
      for (const tag of new Set([...bucket.slots.map((slot) => slot.tag), 0, 2 ** 24 - 1])) {
        const expected = new Set(
          bucket.slots.filter((slot) => slot.tag === tag).map(({ ref }) => bucket.refs[ref]),
        );
        const found = findInBucket(payload, tag, 'x.idx');
        expect(found).toEqual({ refs: [...expected], spilled: bucket.spilled });
      }
    }
  });

  it('holds what fits and refuses more', () => {
    const bucket = {
      refs: units.refs(8, 2),
      slots: Array.from({ length: 1016 }, () => ({ tag: 9, ref: 1 })),
      spilled: true,
    };
    expect([
      fitsInBucket(2, 1016),
      fitsInBucket(2, 1017),
      fitsInBucket(408, 0),
      fitsInBucket(409, 0),
    ]).toEqual([true, false, true, false]);
    expect(findInBucket(encodeBucket(bucket), 9, 'x.idx').refs).toEqual([bucket.refs[1]]);
    expect(() => encodeBucket({ ...bucket, slots: [...bucket.slots, { tag: 1, ref: 1 }] })).toThrow(
      RangeError,
    );
    expect(() => encodeBucket({ ...bucket, slots: [{ tag: 1, ref: 2 }] })).toThrow(RangeError);
    expect(() => encodeBucket({ ...bucket, slots: [{ tag: 2 ** 24, ref: 0 }] })).toThrow(RangeError);
  });

  it('is refused when its counts pass it or a slot points past its pages', () => {
    const payload = encodeBucket({ refs: units.refs(8, 2), slots: [{ tag: 9, ref: 1 }], spilled: false });
    const changed = (at: number, value: number): Uint8Array => payload.with(at, value);
    expect(refuses(() => findInBucket(changed(1, 255), 9, 'x.idx'))).toBe(true);
    expect(refuses(() => findInBucket(changed(3, 255), 9, 'x.idx'))).toBe(true);
    expect(refuses(() => findInBucket(changed(5 + 20 + 3, 2), 9, 'x.idx'))).toBe(true);
    for (let length = 0; length < 29; length++) {
      expect(refuses(() => findInBucket(payload.subarray(0, length), 9, 'x.idx'))).toBe(true);
    }
  });
});

describe('the address of a key', () => {
  /** Keys of parcels: 40 sections of 100 to 400 in each of 5 communes. */
  const sections = Array.from({ length: 200 }, (_, i) => {
    const letters = String.fromCharCode(65 + (i % 20), 65 + (i % 9));
    return `21${String(i % 5).padStart(3, '0')}${letters}${i}`;
  });
  const keys = sections.flatMap((section) =>
    units.many(100, 400, (n) => section + String(n + 1).padStart(4, '0')),
  );

  it('never changes', () => {
    expect(addressOf('21054AB0012', 1000)).toEqual({ bucket: 975, tag: 8046547 });
    expect(addressOf('', 1000)).toEqual({ bucket: 923, tag: 9620015 });
    expect(addressOf('é', 2 ** 31)).toEqual({ bucket: 725515275, tag: 2038947 });
  });

  it('puts keys that differ in their last two digits together', () => {
    const bucketOf = (key: string): number => addressOf(key, 4096).bucket;
    expect(keys.every((key) => bucketOf(key) === bucketOf(`${key.slice(0, -2)}77`))).toBe(true);
  });

  it('spreads groups evenly over the buckets', () => {
    const groups = [...new Set(keys.map((key) => key.slice(0, -2)))];
    const buckets = groups.map((group) => addressOf(`${group}00`, 64).bucket);
    const loads = Array.from({ length: 64 }, (_, i) => buckets.filter((bucket) => bucket === i).length);
    const mean = groups.length / 64;
    const chiSquare = loads.reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0);
    // Of 63 degrees of freedom: four standard deviations.
    expect(Math.abs(chiSquare - 63)).toBeLessThan(4 * Math.sqrt(2 * 63));
  });

  it('gives tags that tell keys apart', () => {
    const tags = keys.map((key) => addressOf(key, 64).tag);
    // As many distinct ones as throws of a fair die of 2^24 sides would give, or nearly.
    const expected = 2 ** 24 * (1 - Math.exp(-keys.length / 2 ** 24));
    expect(Math.abs(new Set(tags).size / expected - 1)).toBeLessThan(0.002);
  });

  it('is of the values one after the other', () => {
    expect(keyOf(['21', '054', null, 'AB', 12, true])).toBe('21054AB12true');
    expect(keyOf([])).toBe('');
  });
});
