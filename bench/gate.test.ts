import { describe, expect, it } from 'vitest';
import { brokenPromises } from './gate.ts';
import type { Sample } from './measure.ts';
import { rowOf, spreadOf } from './summary.ts';

const SAMPLE: Sample = { requests: 3, depth: 3, bytes: 20_000, ms: 60, isRight: true, failure: null };

function row(change: Partial<Sample>, reader = 'carto-statique') {
  const samples = [...Array.from({ length: 19 }, () => SAMPLE), { ...SAMPLE, ...change }];
  return rowOf('1e4', { reader, kind: 'point', scenario: 'cold', samples });
}

describe('the gate', () => {
  it('holds every request and answer, and bytes at p95', () => {
    expect(brokenPromises([row({}), row({ bytes: 90_000 }), row({ ms: 9_000 })])).toEqual([]);
    expect(brokenPromises([row({ requests: 4 })])).toEqual([
      '1e4, carto-statique, point, cold: 4 requests, at most 3 promised',
    ]);
    expect(brokenPromises([row({ isRight: false })])).toHaveLength(1);
    expect(
      brokenPromises([rowOf('1e4', { ...row({}), samples: [{ ...SAMPLE, bytes: 25_001 }] })]),
    ).toHaveLength(1);
  });

  it('holds the requests of ids at p95', () => {
    const id = (samples: Sample[]) => rowOf('1e7', { ...series, kind: 'id', samples });
    const series = { reader: 'carto-statique', scenario: 'cold' } as const;
    const most = Array.from({ length: 19 }, () => SAMPLE);
    expect(brokenPromises([id([...most, { ...SAMPLE, requests: 4 }])])).toEqual([]);
    expect(
      brokenPromises([id([...most.slice(1), ...[4, 4].map((requests) => ({ ...SAMPLE, requests }))])]),
    ).toEqual(['1e7, carto-statique, id, cold: 4 requests, at most 3 promised']);
  });

  it('promises nothing for others', () => {
    expect(brokenPromises([row({ requests: 9, isRight: false }, 'flatgeobuf')])).toEqual([]);
  });
});

describe('a spread', () => {
  it('takes values that occurred', () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ p50: 2, mean: 2.5, p95: 4, max: 4 });
  });
});
