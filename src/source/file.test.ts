import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileTree } from './file.ts';

const folder = mkdtempSync(join(tmpdir(), 'carto-file-'));
mkdirSync(join(folder, 'data'));
writeFileSync(join(folder, 'data/é.bin'), Uint8Array.of(0, 1, 2, 3, 4));
const tree = fileTree(folder);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a tree in a folder', () => {
  it('gives exactly the range asked for, and whole files', async () => {
    expect([...(await tree.range({ path: 'data/é.bin', length: 5 }, 1, 3))]).toEqual([1, 2, 3]);
    expect([...(await tree.whole('data/é.bin'))]).toEqual([0, 1, 2, 3, 4]);
  });

  it('refuses a range that passes the end, however long, before it allocates', async () => {
    const read = tree.range({ path: 'data/é.bin', length: 5 }, 1, Number.MAX_SAFE_INTEGER - 1);
    await expect(read).rejects.toMatchObject({ code: 'NotOurFile', retryable: false });
  });

  it('refuses a file that is not there, and a folder in its place', async () => {
    await expect(tree.whole('data/b.bin')).rejects.toMatchObject({ code: 'NotFound' });
    await expect(tree.range({ path: 'nowhere/b.bin', length: 5 }, 0, 1)).rejects.toMatchObject({
      code: 'NotFound',
    });
    await expect(tree.whole('data')).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('names the file in its refusals', async () => {
    await expect(tree.whole('data/b.bin')).rejects.toThrow(join(folder, 'data/b.bin'));
  });

  it('rejects with the reason of an aborted signal', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(tree.whole('data/é.bin', signal)).rejects.toBe(reason);
    await expect(tree.range({ path: 'data/é.bin', length: 5 }, 0, 1, signal)).rejects.toBe(reason);
  });
});
