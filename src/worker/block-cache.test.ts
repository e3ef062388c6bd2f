import { describe, expect, it } from 'vitest';
import { openBlockCache } from './block-cache.ts';
import type { Block } from './blocks.ts';
import { FakeCache } from './testing/fake-cache.ts';

const ADDRESS = 'https://site.test/__carto__/';
const ROOM = 1000;

function block(path: string, length = 100, offset: number | null = 0): Block {
  return { path, offset, length };
}

function bytesOf({ length }: Block, value = 7): Uint8Array {
  return new Uint8Array(length).fill(value);
}

const open = (cache: FakeCache, room = ROOM) => openBlockCache(cache, ADDRESS, room);

/** The addresses of what is kept, without the list. */
function blocksIn(cache: FakeCache): string[] {
  return [...cache.files.keys()]
    .map((url) => url.slice(ADDRESS.length))
    .filter((key) => key !== 'blocks.json');
}

describe('a cache of blocks', () => {
  it('gives what it keeps at once, and when it is opened again', async () => {
    const cache = new FakeCache();
    const blocks = await open(cache);
    const [part, whole] = [block('data/x.idx', 100, 50), block('data/y.json', 30, null)];
    blocks.keep(part, bytesOf(part));
    blocks.keep(whole, bytesOf(whole, 9));
    expect(await blocks.read(part)).toEqual(bytesOf(part));
    await blocks.settled();
    expect(blocksIn(cache)).toEqual(['data/x.idx?bytes=50-149', 'data/y.json']);
    const again = await open(cache);
    expect(again.blocksOf('data/x.idx')).toEqual([part]);
    expect(again.bytes).toBe(130);
    expect(await again.read(whole)).toEqual(bytesOf(whole, 9));
  });

  it('reads no block to make room', async () => {
    const cache = new FakeCache();
    const blocks = await open(cache);
    cache.reads = 0;
    for (let i = 0; i < 50; i++) blocks.keep(block(`f${i}`), bytesOf(block('')));
    await blocks.settled();
    expect(cache.reads).toBe(0);
    expect(blocksIn(cache)).toEqual(Array.from({ length: 10 }, (_, i) => `f${i + 40}?bytes=0-99`));
    expect(blocks.bytes).toBe(ROOM);
  });

  it('lets go of what has no more room when it is opened with less', async () => {
    const cache = new FakeCache();
    const blocks = await open(cache);
    for (const path of ['a', 'b', 'c']) blocks.keep(block(path), bytesOf(block(path)));
    await blocks.read(block('a'));
    await blocks.settled();
    const narrow = await open(cache, 250);
    expect(narrow.bytes).toBe(200);
    await narrow.settled();
    expect(blocksIn(cache)).toEqual(['a?bytes=0-99', 'c?bytes=0-99']);
  });

  it('lets go of what it is told to, also while it is written', async () => {
    const cache = new FakeCache();
    const blocks = await open(cache);
    for (const path of ['a', 'b']) blocks.keep(block(path), bytesOf(block(path)));
    blocks.drop(({ path }) => path === 'a');
    expect(blocks.blocksOf('a')).toEqual([]);
    await blocks.settled();
    expect(blocksIn(cache)).toEqual(['b?bytes=0-99']);
    blocks.drop(() => true);
    blocks.keep(block('b'), bytesOf(block('b'), 8));
    await blocks.settled();
    expect(await (await open(cache)).read(block('b'))).toEqual(bytesOf(block('b'), 8));
  });

  it('does without what storage has lost or cut', async () => {
    const cache = new FakeCache();
    const blocks = await open(cache);
    for (const path of ['lost', 'cut']) blocks.keep(block(path), bytesOf(block(path)));
    await blocks.settled();
    cache.files.delete(`${ADDRESS}lost?bytes=0-99`);
    cache.files.set(`${ADDRESS}cut?bytes=0-99`, new Uint8Array(40));
    for (const path of ['lost', 'cut']) {
      expect(await blocks.read(block(path))).toBeUndefined();
      expect(blocks.blocksOf(path)).toEqual([]);
    }
    await blocks.settled();
    expect(blocksIn(cache)).toEqual([]);
  });

  it('keeps what a full storage takes, and fails nothing', async () => {
    const cache = new FakeCache();
    cache.quota = 500;
    const blocks = await open(cache);
    for (let i = 0; i < 20; i++) {
      blocks.keep(block(`f${i}`, 50), bytesOf(block('', 50)));
      await blocks.settled();
    }
    expect(blocksIn(cache).length).toBeGreaterThan(0);
    expect(blocks.bytes).toBe(50 * blocksIn(cache).length);
    cache.quota = 0;
    blocks.keep(block('last'), bytesOf(block('last')));
    await blocks.settled();
    expect(blocks.blocksOf('last')).toEqual([]);
  });

  it('names all that is there, whenever the worker was stopped', async () => {
    for (let steps = 0; steps < 30; steps++) {
      const cache = new FakeCache();
      const before = await open(cache);
      for (const path of ['a', 'b', 'c']) before.keep(block(path, 240), bytesOf(block(path, 240)));
      await before.settled();
      cache.steps = steps;
      for (const path of ['d', 'e', 'f']) before.keep(block(path, 240), bytesOf(block(path, 240)));
      // As far as it comes.
      for (let turn = 0; turn < 200; turn++) await Promise.resolve();
      cache.steps = Infinity;
      const after = await open(cache);
      const named = ['a', 'b', 'c', 'd', 'e', 'f'].filter((path) => after.blocksOf(path).length > 0);
      const there = blocksIn(cache).map((key) => key.charAt(0));
      expect(
        there.filter((path) => !named.includes(path)),
        `after ${steps} steps`,
      ).toEqual([]);
      for (const path of named) {
        const [one] = after.blocksOf(path);
        const bytes = one && (await after.read(one));
        expect(bytes === undefined || bytes.length === 240).toBe(true);
      }
    }
  });

  it('sweeps out what it does not know', async () => {
    const cache = new FakeCache();
    const blocks = await open(cache);
    blocks.keep(block('known'), bytesOf(block('known')));
    await blocks.settled();
    cache.files.set(`${ADDRESS}unknown?bytes=0-9`, new Uint8Array(10));
    cache.files.set(`${ADDRESS}catalogue.json`, new Uint8Array(10));
    await blocks.sweep(['catalogue.json']);
    expect(blocksIn(cache)).toEqual(['known?bytes=0-99', 'catalogue.json']);
  });

  it('begins anew where its list cannot be read', async () => {
    const cache = new FakeCache();
    for (const text of ['', '{', 'null', '{"form":2,"paths":[],"blocks":[]}', '{"form":1}']) {
      cache.files.set(`${ADDRESS}blocks.json`, new TextEncoder().encode(text));
      expect((await open(cache)).bytes).toBe(0);
    }
  });
});
