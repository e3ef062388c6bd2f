import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CountingHost, depthOf } from './host.ts';

const folder = mkdtempSync(join(tmpdir(), 'carto-bench-'));
const host = new CountingHost({ folders: { files: folder }, roundTripMs: 5 });
let address = '';

beforeAll(async () => {
  writeFileSync(join(folder, 'letters'), 'abcdefghij');
  address = await host.start();
});
afterAll(async () => {
  await host.stop();
  rmSync(folder, { recursive: true });
});

async function read(account: string, range?: string): Promise<string> {
  const headers: Record<string, string> = range === undefined ? {} : { Range: `bytes=${range}` };
  return (await fetch(`${address}/${account}/files/letters`, { headers })).text();
}

describe('the counting host', () => {
  it('serves whole files, ranges and suffixes', async () => {
    expect(await read('a')).toBe('abcdefghij');
    expect(await read('a', '2-4')).toBe('cde');
    expect(await read('a', '8-99')).toBe('ij');
    expect(await read('a', '-3')).toBe('hij');
    expect((await fetch(`${address}/a/files/nothing`)).status).toBe(404);
  });

  it('counts requests, bytes and depth, account by account', async () => {
    host.take('a');
    await Promise.all([read('a', '0-0'), read('b', '0-3')]);
    await Promise.all([read('a', '1-2'), read('a', '3-5')]);
    expect(host.take('a')).toEqual({ requests: 3, bytes: 6, depth: 2 });
    expect(host.take('b')).toEqual({ requests: 1, bytes: 4, depth: 1 });
    expect(host.take('a')).toEqual({ requests: 0, bytes: 0, depth: 0 });
  });
});

describe('depth', () => {
  it('is the longest chain, not the number of batches', () => {
    const spans = [
      { start: 0, end: 10 },
      { start: 0, end: 30 },
      { start: 10, end: 20 },
      { start: 21, end: 22 },
      { start: 40, end: Infinity },
    ];
    expect(depthOf(spans)).toBe(4);
    expect(depthOf([])).toBe(0);
  });
});
