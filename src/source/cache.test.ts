import { describe, expect, it } from 'vitest';
import { Cache } from './cache.ts';

describe('a cache', () => {
  it('forgets what was used longest ago, by bytes', () => {
    const cache = new Cache(100);
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, key, 25);
    expect(cache.get('a')).toBe('a');
    cache.set('e', 'e', 20);
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => cache.has(key))).toEqual(['a', 'c', 'd', 'e']);
    cache.set('f', 'f', 5);
    expect(cache.has('c')).toBe(true);
  });

  it('replaces a value with its bytes', () => {
    const cache = new Cache(100);
    for (let i = 0; i < 50; i++) cache.set('a', i, 25);
    cache.set('b', 'b', 25);
    expect([cache.get('a'), cache.get('b')]).toEqual([49, 'b']);
  });

  it('does not take what would drive all else out', () => {
    const cache = new Cache(100);
    cache.set('a', 'a', 20);
    cache.set('b', 'b', 26);
    expect([cache.has('a'), cache.has('b')]).toEqual([true, false]);
  });

  it('of no bytes keeps nothing', () => {
    const cache = new Cache(0);
    cache.set('a', 'a', 1);
    expect(cache.has('a')).toBe(false);
  });
});
