import { describe, expect, it } from 'vitest';
import { readBytes } from './byte-reader.ts';
import { encodePlanes } from './planes.ts';

const BYTES = Uint8Array.of(3, 1, 2, 3, 4, 5, 6);

describe('bytes', () => {
  it('are read one number after the other, the lowest byte first', () => {
    const { uint, take, end } = readBytes(BYTES);
    expect([uint(1), uint(2), uint(0), uint(3)]).toEqual([3, 0x0201, 0, 0x050403]);
    expect(take(1)).toEqual(Uint8Array.of(6));
    end();
    expect(() => uint(1)).toThrow(RangeError);
  });

  it('hold lists as long as their count', () => {
    const { list, uint, end } = readBytes(BYTES);
    expect(list(() => uint(2))).toEqual([0x0201, 0x0403, 0x0605]);
    end();
    expect(() => readBytes(BYTES).list(() => 0)).not.toThrow();
    const reader = readBytes(BYTES);
    expect(() => reader.list(() => reader.uint(3))).toThrow(RangeError);
  });

  it('hold numbers in planes, the highest first', () => {
    const values = [0, 1, 255, 256, 65536, 2 ** 24 - 1];
    expect(readBytes(encodePlanes(values, 3)).planes(6, 3)).toEqual(values);
    // However many are told, no more are kept than are there.
    expect(() => readBytes(BYTES).planes(2 ** 53, 3)).toThrow(RangeError);
  });

  it('are refused when nobody reads the last of them, or somebody takes more', () => {
    const [reader, other] = [readBytes(BYTES), readBytes(BYTES)];
    reader.take(6);
    expect(() => {
      reader.end();
    }).toThrow(RangeError);
    other.take(8);
    expect(() => {
      other.end();
    }).toThrow(RangeError);
  });
});
