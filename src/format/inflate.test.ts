import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inflate, MAX_RAW } from './inflate.ts';

describe('inflating', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('asks no blob for a stream, which has none in jsdom', async () => {
    vi.stubGlobal('Blob', undefined);
    const raw = Uint8Array.from({ length: 5000 }, (_, at) => at % 251);
    expect(await inflate(deflateRawSync(raw), 'a unit')).toEqual(raw);
    expect(await inflate(deflateRawSync(new Uint8Array()), 'a unit')).toEqual(new Uint8Array());
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['what is not deflated', Uint8Array.of(7, 7, 7)],
    ['what stops short', deflateRawSync(new Uint8Array(5000)).subarray(0, -1)],
    ['more than a unit may hold', deflateRawSync(new Uint8Array(MAX_RAW + 1))],
  ])('refuses %s', async (_, payload) => {
    await expect(inflate(payload, 'a unit')).rejects.toMatchObject({ code: 'CorruptFile' });
  });
});
