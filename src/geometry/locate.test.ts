import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { figureOfParts, type Figure } from './figure.ts';
import { latticeProbe, locate, type Probe } from './locate.ts';
import { boxOfPaths, type Coordinates } from './shape.ts';
import { star } from './testing/random-drawing.ts';

const SEED = 20260803;

function treeOf(...rings: number[][]): Figure {
  const paths = rings.map((ring) => Float64Array.from(ring));
  return figureOfParts(boxOfPaths(paths), [{ dimension: 2, paths }]);
}

/** Whether the ray crosses an odd number of edges, and whether one passes through the point. */
function standing(figure: Figure, x: number, y: number): [isOverOdd: boolean, isOnEdge: boolean] {
  const { over, on } = locate(figure, latticeProbe(x, y));
  return [over.size > 0, on.size > 0];
}

/** Whether the point of `probe` lies within the rings or on them. */
function covers(figure: Figure, probe: Probe): boolean {
  const { over, on } = locate(figure, probe);
  return over.size + on.size > 0;
}

/** The same ray in big integers over every edge, one by one. */
function coversByBruteForce(rings: readonly number[][], x: number, y: number): boolean {
  let isInside = false;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [x0 = 0n, y0 = 0n, x1 = 0n, y1 = 0n] = ring.slice(i, i + 4).map(BigInt);
      const [px, py] = [BigInt(x), BigInt(y)];
      const side = (x1 - x0) * (py - y0) - (y1 - y0) * (px - x0);
      const [left, right] = x0 < x1 ? [x0, x1] : [x1, x0];
      const [bottom, top] = y0 < y1 ? [y0, y1] : [y1, y0];
      if (side === 0n && px >= left && px <= right && py >= bottom && py <= top) return true;
      if (y0 > py !== y1 > py && side > 0n === y1 > y0) isInside = !isInside;
    }
  }
  return isInside;
}

describe('locate', () => {
  const square = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0];

  it('tells inside, on the ring and outside apart', () => {
    const tree = treeOf(square);
    expect(standing(tree, 5, 5)).toEqual([true, false]);
    expect(standing(tree, 0, 5)[1]).toBe(true);
    expect(standing(tree, 10, 10)[1]).toBe(true);
    expect(standing(tree, -1, 10)).toEqual([false, false]);
  });

  it('counts holes by the even-odd rule', () => {
    const tree = treeOf(square, [3, 3, 7, 3, 7, 7, 3, 7, 3, 3]);
    expect(covers(tree, latticeProbe(5, 5))).toBe(false);
    expect(covers(tree, latticeProbe(7, 7))).toBe(true);
    expect(covers(tree, latticeProbe(8, 8))).toBe(true);
  });

  it('finds nothing in a polygon without rings', () => {
    expect(covers(treeOf(), latticeProbe(0, 0))).toBe(false);
    expect(covers(treeOf([]), latticeProbe(0, 0))).toBe(false);
  });

  it(`agrees with big integers around rings of all sizes (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    let inside = 0;
    for (let n = 0; n < 200; n++) {
      const radius = 10 ** (1 + (n % 8));
      const rings = [star(random, [0, 0], radius), star(random, [0, 0], radius / 2)].map((ring) =>
        ring.flat(),
      );
      const tree = treeOf(...rings);
      const vertices = rings.flat();
      for (let k = 0; k < 50; k++) {
        const at = 2 * Math.floor((random() * vertices.length) / 2);
        const [dx, dy] =
          k % 2 === 0 ? [radius * (random() - 0.5), radius * (random() - 0.5)] : [(k % 3) - 1, (k % 5) - 2];
        const [x, y] = [Math.round((vertices[at] ?? 0) + dx), Math.round((vertices[at + 1] ?? 0) + dy)];
        const expected = coversByBruteForce(rings, x, y);
        if (expected) inside++;
        if (covers(tree, latticeProbe(x, y)) !== expected)
          expect.fail(`(${x}, ${y}) in ${JSON.stringify(rings)}`);
      }
    }
    expect(inside).toBeGreaterThan(2_000);
    expect(inside).toBeLessThan(8_000);
  });

  it('looks at few edges of a comb whose every tooth the ray crosses', () => {
    const TEETH = 100_000;
    const comb = Array.from({ length: TEETH }, (_, i) => [4 * i, 0, 4 * i + 2, 1000]).flat();
    const tree = treeOf([...comb, 4 * TEETH, -1, 0, -1, 0, 0]);
    let looks = 0;
    const inner = latticeProbe(4 * 500 + 4, 500);
    const probe: Probe = {
      box: inner.box,
      side(xy: Coordinates, i: number) {
        looks++;
        return inner.side(xy, i);
      },
    };
    const isInside = covers(tree, probe);
    expect(isInside).toBe(false);
    expect(looks).toBeLessThan(100);
  });
});
