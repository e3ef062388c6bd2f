import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import type { Box } from '../geometry/lattice.ts';
import { coverageOf } from './coverage.ts';

describe('coverageOf', () => {
  const left: Box = [0, 0, 2, 2];
  const right: Box = [2, 0, 4, 2];

  it.each<[string, Box, Box[], string]>([
    ['a box in one', [0.5, 0.5, 1, 1], [left, right], 'inside'],
    ['a box over two neighbours', [1, 0.5, 3, 1], [left, right], 'inside'],
    ['a point on an edge', [2, 2, 2, 2], [left], 'inside'],
    ['a point on the common edge', [2, 1, 2, 1], [left, right], 'inside'],
    ['a box that sticks out', [1, 1, 3, 3], [left, right], 'partial'],
    ['a box around all', [-1, -1, 5, 5], [left, right], 'partial'],
    ['a box that only touches', [4, 2, 5, 3], [left, right], 'partial'],
    ['a box elsewhere', [5, 5, 6, 6], [left, right], 'outside'],
    ['any box where nothing is published', [0, 0, 1, 1], [], 'outside'],
  ])('%s', (_, box, boxes, expected) => {
    expect(coverageOf(box, boxes)).toBe(expected);
  });

  it('is told at once where every region of an index repeats the same boxes', () => {
    const pair: Box[] = [
      [4, 46, 5, 47],
      [6, 47.5, 7, 48],
    ];
    const boxes = Array.from({ length: 10_000 }, () => pair).flat();
    expect(coverageOf([3, 45, 8, 49], boxes)).toBe('partial');
    expect(coverageOf([3, 45, 8, 49], [...boxes, [3, 45, 8, 49]])).toBe('inside');
  });

  it('agrees with the cells of a grid', () => {
    const seed = 20_261_122;
    const random = seededRandom(seed);
    const corner = (): number => Math.floor(random() * 9);
    const box = (): Box => {
      const [x, y] = [corner(), corner()];
      return [x, y, x + 1 + Math.floor(random() * 4), y + 1 + Math.floor(random() * 4)];
    };
    for (let round = 0; round < 500; round++) {
      const asked = box();
      const boxes = Array.from({ length: 5 }, box);
      const cells: boolean[] = [];
      for (let x = asked[0]; x < asked[2]; x++) {
        for (let y = asked[1]; y < asked[3]; y++) {
          cells.push(boxes.some(([a, b, c, d]) => a <= x && x + 1 <= c && b <= y && y + 1 <= d));
        }
      }
      expect(coverageOf(asked, boxes) === 'inside', `seed ${seed}, round ${round}`).toBe(
        cells.every(Boolean),
      );
    }
  });
});
