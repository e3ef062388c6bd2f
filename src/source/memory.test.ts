import { describe, expect, it } from 'vitest';
import { memoryTree } from './memory.ts';

const tree = memoryTree(new Map([['data/a.bin', Uint8Array.of(0, 1, 2, 3, 4)]]));

describe('a tree in memory', () => {
  it('gives exactly the range asked for, as a copy', async () => {
    const bytes = await tree.range({ path: 'data/a.bin', length: 5 }, 1, 3);
    expect([...bytes]).toEqual([1, 2, 3]);
    bytes.fill(9);
    expect([...(await tree.whole('data/a.bin'))]).toEqual([0, 1, 2, 3, 4]);
  });

  it('refuses a range that passes the end', async () => {
    await expect(tree.range({ path: 'data/a.bin', length: 5 }, 3, 3)).rejects.toMatchObject({
      code: 'NotOurFile',
    });
  });

  it('refuses a file that it does not have', async () => {
    await expect(tree.whole('data/b.bin')).rejects.toMatchObject({ code: 'NotFound' });
    await expect(tree.range({ path: 'data/b.bin', length: 5 }, 0, 1)).rejects.toMatchObject({
      code: 'NotFound',
    });
  });

  it('rejects with the reason of an aborted signal', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(tree.whole('data/a.bin', signal)).rejects.toBe(reason);
    await expect(tree.range({ path: 'data/a.bin', length: 5 }, 0, 1, signal)).rejects.toBe(reason);
  });
});
