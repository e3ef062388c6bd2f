import { describe, expect, it } from 'vitest';
import { openShelf, type Flight } from './shelf.ts';

const flight = (): Flight => ({ controller: new AbortController(), waiting: [] });

/** A shelf on which values can be put by their bytes, and the keys of those that it has. */
function shelfOf(room: number) {
  const shelf = openShelf(room);
  const put = async (key: string, bytes: number, value: unknown = key): Promise<void> => {
    const coming = Promise.resolve(value);
    shelf.add(key, flight(), coming, bytes);
    await coming;
  };
  const has = (...keys: string[]): string[] => keys.filter((key) => shelf.find(key) !== undefined);
  return { shelf, put, has };
}

describe('a shelf', () => {
  it('forgets what was used longest ago, by bytes', async () => {
    const { shelf, put, has } = shelfOf(100);
    for (const key of ['a', 'b', 'c', 'd']) await put(key, 25);
    expect(await shelf.find('a')?.value).toBe('a');
    await put('e', 20);
    expect(has('b', 'c', 'd', 'a', 'e')).toEqual(['c', 'd', 'a', 'e']);
    await put('f', 5);
    expect(has('c')).toEqual(['c']);
  });

  it('does not take what would drive all else out, nor what is not to be kept', async () => {
    const { put, has } = shelfOf(100);
    await put('a', 20);
    await put('b', 26);
    await put('c', 0);
    expect(has('a', 'b', 'c')).toEqual(['a']);
  });

  it('with no room keeps nothing', async () => {
    const { put, has } = shelfOf(0);
    await put('a', 1);
    expect(has('a')).toEqual([]);
  });

  it('gives what is coming, and forgets it when it fails', async () => {
    const { shelf, has } = shelfOf(100);
    const failing = Promise.reject(new Error('no'));
    shelf.add('a', flight(), failing, 10);
    expect(shelf.find('a')?.value).toBe(failing);
    await expect(failing).rejects.toThrow('no');
    expect(has('a')).toEqual([]);
  });

  it('never drives out what is coming', async () => {
    const { shelf, put, has } = shelfOf(100);
    shelf.add('a', flight(), new Promise(() => undefined), 25);
    for (const key of ['b', 'c', 'd', 'e', 'f']) await put(key, 25);
    expect(has('a', 'b', 'f')).toEqual(['a', 'f']);
  });

  it('gives nothing of what was abandoned, and keeps what was asked for after it', async () => {
    const { shelf, put, has } = shelfOf(100);
    const abandoned = flight();
    let fail = (): void => undefined;
    const first = new Promise((_, reject) => {
      fail = () => {
        reject(new Error('aborted'));
      };
    });
    shelf.add('a', abandoned, first, 10);
    abandoned.controller.abort();
    expect(has('a')).toEqual([]);
    await put('a', 10, 'again');
    fail();
    await expect(first).rejects.toThrow('aborted');
    expect(await shelf.find('a')?.value).toBe('again');
  });
});
