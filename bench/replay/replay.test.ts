/** What callers of API Carto do costs the static host no more requests than is promised. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExample, type BuiltExample } from '../../src/testing/example.ts';
import { measureReplays, type Cost } from './replay.ts';
import { brokenPromises, markdownTable } from './table.ts';

const COUNT = 6;

describe('replayed callers of API Carto', () => {
  let example: BuiltExample;
  let costs: readonly Cost[];

  beforeAll(async () => {
    example = await buildExample();
    costs = await measureReplays(example.directory, COUNT, 4);
  });
  afterAll(() => {
    example.remove();
  });

  it('cost no more than is promised', () => {
    expect(brokenPromises(costs)).toEqual([]);
    expect(costs.map(({ asked }) => asked)).toEqual([1, 1, 2, 5, 1, 1]);
    for (const { costs: counts } of costs) {
      expect([counts.cold.length, counts.warm.length]).toEqual([COUNT, COUNT]);
      for (const { requests, bytes } of counts.cold) {
        expect(requests).toBeGreaterThan(0);
        expect(bytes).toBeGreaterThan(0);
      }
    }
  });

  it('are shown in a row each', () => {
    expect(markdownTable(costs).split('\n')).toHaveLength(costs.length + 2);
  });

  it('break a promise when they ask once more', () => {
    const dear = costs.map(({ costs: { cold, warm }, ...cost }) => {
      const more = warm.map((count) => ({ ...count, requests: count.requests + 50 }));
      return { ...cost, costs: { cold, warm: more } };
    });
    expect(brokenPromises(dear)).toHaveLength(costs.length);
  });
});
