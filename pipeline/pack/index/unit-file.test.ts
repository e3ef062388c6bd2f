import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflate } from '../../../src/format/inflate.ts';
import { seededRandom } from '../../../src/testing/random.ts';
import { deflate, deflateTo } from './unit-file.ts';

describe('what is deflated to a length', () => {
  const random = seededRandom(5);
  const raw = Uint8Array.from({ length: 900 }, () => random() * 40);
  const least = deflate(raw).length;

  it('has it, and inflates as ever', async () => {
    for (let length = least + 40; length < least + 140; length++) {
      const payload = deflateTo(raw, length);
      expect(payload).toHaveLength(length);
      expect(await inflate(payload, 'x')).toEqual(raw);
    }
  });

  it('has the least there is where there is no room', () => {
    for (let length = 0; length < least + 40; length++) {
      const payload = deflateTo(raw, length);
      expect(payload.length === length || payload.length === least).toBe(true);
      expect(new Uint8Array(inflateRawSync(payload))).toEqual(raw);
    }
  });
});
