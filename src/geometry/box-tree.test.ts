import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { FANOUT, someItem, treeOver, type BoxTree } from './box-tree.ts';
import { boxesMeet, type Box } from './lattice.ts';

const SEED = 20260804;

function randomBoxes(count: number): Box[] {
  const random = seededRandom(SEED + count);
  return Array.from({ length: count }, () => {
    const [x, y] = [Math.floor(random() * 1000), Math.floor(random() * 1000)];
    return [x, y, x + Math.floor(random() * 30), y + Math.floor(random() * 30)];
  });
}

/** Of the places of `boxes` in their list. */
const treeOf = (boxes: readonly Box[]): BoxTree<number> =>
  treeOver([...boxes.keys()], (i) => boxes[i] ?? [NaN, NaN, NaN, NaN]);

function found(tree: BoxTree<number>, box: Box): number[] {
  const items: number[] = [];
  someItem(tree, box, (item) => items.push(item) < 0);
  return items;
}

describe('BoxTree', () => {
  it.each([1, FANOUT - 1, FANOUT, FANOUT + 1, FANOUT ** 2, FANOUT ** 2 + 1, 5000])(
    'finds among %i boxes what looking at each of them finds',
    (count) => {
      const boxes = randomBoxes(count);
      const tree = treeOf(boxes);
      for (const window of randomBoxes(100)) {
        const expected = boxes.flatMap((box, i) => (boxesMeet(box, window) ? [i] : []));
        expect(found(tree, window)).toEqual(expected);
      }
    },
  );

  it('stops at the first item that passes the test', () => {
    const tested: number[] = [];
    const tree = treeOf(randomBoxes(1000));
    expect(someItem(tree, [0, 0, 1000, 1000], (item) => tested.push(item) === 3)).toBe(true);
    expect(tested).toHaveLength(3);
  });

  it('finds nothing among none', () => {
    expect(found(treeOf([]), [-1e10, -1e10, 1e10, 1e10])).toEqual([]);
  });

  it('tests nothing under a box that is settled', () => {
    const boxes = randomBoxes(1000);
    const tree = treeOf(boxes);
    const settled: number[] = [];
    const tested: number[] = [];
    const isSettled = (minX: number, first: number, last: number): boolean =>
      minX < 100 && last < 500 && settled.push(first, last) > 0;
    someItem(tree, [0, 0, 1000, 1000], (item) => tested.push(item) < 0, isSettled);
    expect(settled.length).toBeGreaterThan(0);
    const isUnder = (item: number): boolean =>
      settled.some((first, i) => i % 2 === 0 && item >= first && item <= (settled[i + 1] ?? NaN));
    expect(tested).toEqual([...boxes.keys()].filter((item) => !isUnder(item)));
  });
});
