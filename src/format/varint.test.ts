import { describe, expect, it } from 'vitest';
import { readBytes } from './byte-reader.ts';
import { RandomUnits } from './testing/random-units.ts';
import { VarintWriter } from './varint.ts';

const units = new RandomUnits(53);
const LARGEST = Number.MAX_SAFE_INTEGER;
const BORDERS = [0, 1, 127, 128, 16383, 16384, 2 ** 31, 2 ** 32, 2 ** 35, 2 ** 36 + 1, 2 ** 51];

describe('varints', () => {
  it('come back as they were, signed or not', () => {
    const written = [
      ...BORDERS,
      ...units.many(200, 200, () => Math.floor(2 ** units.within(0, 51) * units.random())),
    ];
    const out = new VarintWriter();
    for (const value of written) {
      out.unsigned(value);
      out.signed(value);
      out.signed(-value);
    }
    const varints = readBytes(out.bytes());
    for (const value of written) {
      expect([varints.varint(), varints.signed(), varints.signed() + 0]).toEqual([value, value, 0 - value]);
    }
    varints.end();
    expect(out.length).toBe(out.bytes().length);
  });

  it('have a byte for every seven bits', () => {
    const sizes = [0, 127, 128, 16383, 16384, LARGEST].map((value) => {
      const out = new VarintWriter();
      out.unsigned(value);
      return out.length;
    });
    expect(sizes).toEqual([1, 1, 2, 2, 3, 8]);
  });

  it('are refused past the end', () => {
    expect(() => readBytes(Uint8Array.of(128, 128)).varint()).toThrow(RangeError);
    expect(() => readBytes(new Uint8Array(0)).signed()).toThrow(RangeError);
    expect(() => readBytes(new Uint8Array(1e6).fill(255)).varint()).toThrow(RangeError);
    readBytes(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 15)).varint();
  });

  it('cannot be of what is no whole number, or too large', () => {
    for (const value of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
      expect(() => {
        new VarintWriter().unsigned(value);
      }).toThrow(RangeError);
    }
    expect(() => {
      new VarintWriter().signed(2 ** 52);
    }).toThrow(RangeError);
  });
});
