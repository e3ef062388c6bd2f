import { describe, expect, it } from 'vitest';
import type { Block } from './blocks.ts';
import { openBound } from './bound.ts';

function block(path: string, length: number, offset: number | null = 0): Block {
  return { path, offset, length };
}

describe('a bound', () => {
  it('lets go of what was used longest ago', () => {
    const bound = openBound(100);
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((path) => block(path, 25)) as [
      Block,
      Block,
      Block,
      Block,
      Block,
    ];
    for (const one of [a, b, c, d]) expect(bound.add(one)).toEqual([]);
    bound.use(a);
    expect(bound.add(e)).toEqual([b]);
    expect(bound.all()).toEqual([c, d, a, e]);
    expect(bound.bytes).toBe(100);
    expect(bound.blocksOf('b')).toEqual([]);
    expect(bound.shrink(40)).toEqual([c, d, a]);
  });

  it('lets go of what lies within a new block, and of what it replaces', () => {
    const bound = openBound(1000);
    const [inner, beside, whole] = [block('f', 10, 20), block('f', 10, 35), block('f', 30, null)];
    for (const one of [inner, beside, whole]) bound.add(one);
    const outer = block('f', 30, 10);
    expect(bound.add(outer)).toEqual([inner]);
    expect(bound.blocksOf('f')).toEqual([beside, whole, outer]);
    const again = block('f', 35, null);
    expect(bound.add(again)).toEqual([]);
    expect(bound.bytes).toBe(10 + 30 + 35);
  });

  it('does not take what would drive out all else', () => {
    const bound = openBound(100);
    bound.add(block('small', 20));
    const large = block('large', 26);
    expect(bound.add(large)).toEqual([large]);
    expect(bound.bytes).toBe(20);
  });

  it('goes on in the order that it was in', () => {
    const blocks = ['a', 'b', 'c', 'd'].map((path) => block(path, 25));
    const bound = openBound(100, blocks);
    expect(bound.add(block('e', 25))).toEqual([blocks[0]]);
  });
});
