import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { BoxTree, emptyBoxes, FANOUT } from './box-tree.ts';
import { boxesMeet, type Box } from './lattice.ts';

const SEED = 20260804;

function randomBoxes(count: number): Box[] {
  const random = seededRandom(SEED + count);
  return Array.from({ length: count }, () => {
    const [x, y] = [Math.floor(random() * 1000), Math.floor(random() * 1000)];
    return [x, y, x + Math.floor(random() * 30), y + Math.floor(random() * 30)];
  });
}

const treeOf = (boxes: readonly Box[]): BoxTree => new BoxTree(Float64Array.from(boxes.flat()));

function found(tree: BoxTree, box: Box): number[] {
  const items: number[] = [];
  tree.some(box, (item) => items.push(item) < 0);
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
    expect(tree.some([0, 0, 1000, 1000], (item) => tested.push(item) === 3)).toBe(true);
    expect(tested).toHaveLength(3);
  });

  it('has the box of all items, and for none a box that meets nothing', () => {
    expect(
      treeOf([
        [0, 5, 2, 9],
        [-1, 6, 0, 7],
      ]).box,
    ).toEqual([-1, 5, 2, 9]);
    const nothing = new BoxTree(emptyBoxes(0));
    expect(boxesMeet(nothing.box, [-1e10, -1e10, 1e10, 1e10])).toBe(false);
    expect(found(nothing, [0, 0, 9, 9])).toEqual([]);
  });
});
