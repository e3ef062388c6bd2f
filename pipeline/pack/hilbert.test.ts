import { describe, expect, it } from 'vitest';
import { hilbertDistance, hilbertOver } from './hilbert.ts';

/** The curve fills a corner of this side before it leaves it: an even number of turns stands above. */
const SIDE = 16;
const LAST_CELL = 2 ** 16 - 1;

const cells = Array.from({ length: SIDE * SIDE }, (_, i) => ({ x: i % SIDE, y: Math.floor(i / SIDE) }));
const alongTheCurve = cells.toSorted((a, b) => hilbertDistance(a.x, a.y) - hilbertDistance(b.x, b.y));

describe('the Hilbert curve', () => {
  it('gives each cell of a grid a distance of its own, without a gap', () => {
    const distances = cells.map(({ x, y }) => hilbertDistance(x, y)).sort((a, b) => a - b);
    expect(distances).toEqual(cells.map((_, i) => i));
  });

  it('goes from each cell to one beside it', () => {
    const steps = alongTheCurve.slice(1).map(({ x, y }, i) => {
      const before = alongTheCurve[i] ?? { x: NaN, y: NaN };
      return Math.abs(x - before.x) + Math.abs(y - before.y);
    });
    expect(new Set(steps)).toEqual(new Set([1]));
  });

  it('ends where the grid of sixteen bits ends', () => {
    const corners = [
      [0, 0],
      [LAST_CELL, 0],
      [0, LAST_CELL],
      [LAST_CELL, LAST_CELL],
    ] as const;
    const distances = corners.map(([x, y]) => hilbertDistance(x, y));
    expect(Math.min(...distances)).toBe(0);
    expect(Math.max(...distances)).toBe(2 ** 32 - 1);
  });
});

describe('the order over an extent', () => {
  it('places a box by its centre', () => {
    const over = hilbertOver([0, 0, LAST_CELL, LAST_CELL]);
    expect(over([0, 2, 10, 4])).toBe(hilbertDistance(5, 3));
  });

  it('stays on the grid at the far corner', () => {
    const over = hilbertOver([4.1, 47.1, 4.3, 47.7]);
    expect(over([4.3, 47.7, 4.3, 47.7])).toBe(hilbertDistance(LAST_CELL, LAST_CELL));
  });

  it('knows one place only when the extent has no width or no height', () => {
    expect(hilbertOver([4, 47, 4, 47])([4, 47, 4, 47])).toBe(hilbertDistance(0, 0));
    expect(hilbertOver([4, 47, 5, 47])([5, 47, 5, 47])).toBe(hilbertDistance(LAST_CELL, 0));
  });
});
