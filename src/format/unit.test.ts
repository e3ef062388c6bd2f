import { crc32 as zlibCrc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isCartoError } from '../errors.ts';
import { seededRandom } from '../testing/random.ts';
import { splitUnit } from './testing/split-unit.ts';
import {
  crc32,
  decodeUnit,
  inflate,
  joinUnit,
  MAX_RAW,
  seal,
  sealBucket,
  unseal,
  unsealBucket,
} from './unit.ts';

const random = seededRandom(31);
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, () => random() * 256);
const SALT = 0xdeadbeef;
const FAR = 5 * 2 ** 32 + 77;

/** Whether `act` refuses with `CorruptFile` and names the file. */
function refuses(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    return isCartoError(error, 'CorruptFile') && error.message.startsWith('x.idx');
  }
}

describe('checksums', () => {
  it('are those of zlib, begun anywhere', () => {
    for (const length of [0, 1, 9, 255, 256, 4099]) {
      const bytes = bytesOf(length);
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      expect(crc32(bytes.subarray(7), crc32(bytes.subarray(0, 7)))).toBe(zlibCrc32(bytes));
    }
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});

describe('a sealed unit', () => {
  const payload = bytesOf(300);
  const { bytes, check } = seal(payload, SALT, FAR);
  const ref = { offset: FAR, length: bytes.length, check };

  it('gives its payload where it was sealed', () => {
    expect(bytes.length).toBe(payload.length + 2);
    expect(unseal(bytes, ref, SALT, 'x.idx')).toEqual(payload);
  });

  it('is refused with any byte changed to any other', () => {
    let refused = 0;
    for (let at = 0; at < bytes.length; at++) {
      const original = bytes[at] ?? 0;
      for (let value = 0; value < 256; value++) {
        bytes[at] = value;
        if (refuses(() => unseal(bytes, ref, SALT, 'x.idx'))) refused++;
      }
      bytes[at] = original;
    }
    expect(refused).toBe(bytes.length * 255);
  });

  it('is refused in another place, of another vintage, with another check or length', () => {
    for (const offset of [0, FAR - 1, FAR - 2 ** 32, FAR + 2 ** 32]) {
      expect(refuses(() => unseal(bytes, { ...ref, offset }, SALT, 'x.idx'))).toBe(true);
    }
    expect(refuses(() => unseal(bytes, ref, SALT + 1, 'x.idx'))).toBe(true);
    for (let bit = 0; bit < 16; bit++) {
      expect(refuses(() => unseal(bytes, { ...ref, check: check ^ (1 << bit) }, SALT, 'x.idx'))).toBe(true);
    }
    for (const length of [0, 1, 2, 100, ref.length - 1]) {
      expect(refuses(() => unseal(bytes.subarray(0, length), ref, SALT, 'x.idx'))).toBe(true);
      expect(refuses(() => unseal(bytes.subarray(0, length), { ...ref, length }, SALT, 'x.idx'))).toBe(true);
    }
  });

  it('holds nothing at all as well', () => {
    const empty = seal(new Uint8Array(0), SALT, 8);
    expect(unseal(empty.bytes, { offset: 8, length: 2, check: empty.check }, SALT, 'x.idx')).toHaveLength(0);
  });
});

describe('a sealed bucket', () => {
  const payload = bytesOf(60);
  const bytes = sealBucket(payload, SALT, FAR);

  it('gives its payload where it was sealed', () => {
    expect(bytes.length).toBe(payload.length + 4);
    expect(unsealBucket(bytes, FAR, SALT, 'x.idx')).toEqual(payload);
  });

  it('is refused with any bit flipped, elsewhere, cut short, or of another vintage', () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refuses(() => unsealBucket(flipped, FAR, SALT, 'x.idx'))).toBe(true);
    }
    expect(refuses(() => unsealBucket(bytes, FAR + 64, SALT, 'x.idx'))).toBe(true);
    expect(refuses(() => unsealBucket(bytes, FAR, SALT ^ 1, 'x.idx'))).toBe(true);
    for (let length = 0; length < bytes.length; length++) {
      expect(refuses(() => unsealBucket(bytes.subarray(0, length), FAR, SALT, 'x.idx'))).toBe(true);
    }
  });
});

describe('inflating', () => {
  it('gives back what was deflated, small, large or empty', async () => {
    for (const raw of [new Uint8Array(0), bytesOf(10), bytesOf(300_000), new Uint8Array(MAX_RAW)]) {
      const inflated = await inflate(deflateRawSync(raw), 'x.idx');
      expect(Buffer.compare(inflated, raw)).toBe(0);
    }
  });

  it('refuses what is not deflated, and what stops short', async () => {
    const deflated = deflateRawSync(bytesOf(5000));
    for (const payload of [
      bytesOf(40).fill(255),
      new Uint8Array(0),
      deflated.subarray(0, 3000),
      deflated.subarray(0, -1),
    ]) {
      await expect(inflate(payload, 'x.idx')).rejects.toMatchObject({ code: 'CorruptFile' });
    }
  });

  it('stops at the ceiling', async () => {
    const bomb = deflateRawSync(new Uint8Array(MAX_RAW + 1));
    await expect(inflate(bomb, 'x.idx')).rejects.toThrow(/^x\.idx: .*too long/);
  });
});

describe('the JSON of a unit', () => {
  const again = (json: unknown): unknown =>
    decodeUnit(joinUnit(json, new Uint8Array(0)), 'x.idx', (value) => value);

  it('comes back with what follows it', () => {
    const rest = bytesOf(20);
    const unit = splitUnit(joinUnit({ a: [1, null, 'é€😀\u0000"\\', true] }, rest));
    expect(unit).toEqual({ json: { a: [1, null, 'é€😀\u0000"\\', true] }, rest });
  });

  it('keeps each number: zero below zero, doubles, integers of any size', () => {
    const numbers = [-0, 0, 0.1, -1e-300, 5e-324, 1.7976931348623157e308, 2 ** 53, -(2 ** 63), 1 / 3];
    expect(again(numbers)).toEqual(numbers);
    expect(again({ lone: '\ud800' })).toEqual({ lone: '\ud800' });
  });

  it('cannot be of what JSON cannot say', () => {
    for (const value of [NaN, Infinity, -Infinity, undefined, 1n]) {
      expect(() => joinUnit([value], bytesOf(0))).toThrow();
    }
  });

  it('is refused when it is none, or not as long as told', () => {
    const raw = joinUnit({ a: 'é' }, new Uint8Array(0));
    for (let length = 0; length < raw.length; length++) {
      expect(refuses(() => decodeUnit(raw.subarray(0, length), 'x.idx', (json) => json))).toBe(true);
    }
    for (let told = 0; told < 256; told++) {
      raw[0] = told;
      if (told !== raw.length - 4) expect(refuses(() => decodeUnit(raw, 'x.idx', (json) => json))).toBe(true);
    }
    raw.set([255, 255, 255, 255]);
    expect(refuses(() => decodeUnit(raw, 'x.idx', (json) => json))).toBe(true);
  });
});
