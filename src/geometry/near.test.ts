/** What a figure finds near a box, against looking at every edge. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { boxOfEdge, FANOUT, figureOfParts, someEdge, type Figure, type Run } from './figure.ts';
import { boxesMeet, type Box } from './lattice.ts';
import { boxOfPaths, type Coordinates } from './shape.ts';

const SEED = 20260804;
const ALL: Box = [-1e10, -1e10, 1e10, 1e10];

/** Short lines in any order, of one edge each. */
function randomLines(count: number): Coordinates[] {
  const random = seededRandom(SEED + count);
  return Array.from({ length: count }, () => {
    const [x, y] = [Math.floor(random() * 1000), Math.floor(random() * 1000)];
    return Float64Array.of(x, y, x + Math.floor(random() * 30), y + Math.floor(random() * 30));
  });
}

const figureOfLines = (paths: readonly Coordinates[]): Figure =>
  figureOfParts(boxOfPaths(paths), [{ dimension: 1, paths }]);

function found(figure: Figure, box: Box): Coordinates[] {
  const edges: Coordinates[] = [];
  someEdge(figure, box, (xy) => edges.push(xy) < 0);
  return edges;
}

describe('a figure', () => {
  it.each([1, FANOUT - 1, FANOUT, FANOUT + 1, FANOUT ** 2, FANOUT ** 2 + 1, 5000])(
    'finds among %i edges what looking at each of them finds',
    (count) => {
      const lines = randomLines(count);
      const figure = figureOfLines(lines);
      for (const line of randomLines(100)) {
        const window = boxOfEdge(line, 0);
        const expected = lines.filter((xy) => boxesMeet(boxOfEdge(xy, 0), window));
        const edges = found(figure, window);
        expect(edges.length).toBe(expected.length);
        expect(new Set(edges)).toEqual(new Set(expected));
      }
    },
  );

  it('cuts long paths into runs, none of which it loses', () => {
    const long = Float64Array.from({ length: 2 * 5001 }, (_, i) => (i % 2 === 0 ? i : i % 14));
    const starts: number[] = [];
    someEdge(figureOfLines([long]), ALL, (_, i) => starts.push(i) < 0);
    expect(starts).toEqual(Array.from({ length: 5000 }, (_, i) => 2 * i));
  });

  it('stops at the first edge that passes the test', () => {
    let tested = 0;
    expect(someEdge(figureOfLines(randomLines(1000)), ALL, () => ++tested === 3)).toBe(true);
    expect(tested).toBe(3);
  });

  it('finds nothing among none', () => {
    expect(found(figureOfLines([]), ALL)).toEqual([]);
  });

  it('tests nothing under a box that is settled', () => {
    const figure = figureOfLines(randomLines(1000));
    const settled = new Set<Run>();
    const isSettled = (minX: number, first: Run, last: Run): boolean => {
      if (minX < 300 || minX > 600) return false;
      for (const run of figure.runs.slice(figure.runs.indexOf(first), figure.runs.indexOf(last) + 1))
        settled.add(run);
      return true;
    };
    const tested = new Set<Run>();
    someEdge(figure, ALL, (_, i, run) => tested.size > tested.add(run).size, isSettled);
    expect(settled.size).toBeGreaterThan(0);
    expect(tested).toEqual(new Set(figure.runs.filter((run) => !settled.has(run))));
  });
});
