import { describe, expect, it } from 'vitest';
import { Tally } from './tally.ts';

describe('Tally', () => {
  it('counts a row by what a build must do with it, in its layer and in its source', () => {
    const tally = new Tally();
    tally.add('gpu/info-surf', 'a', '1');
    tally.add('gpu/info-surf', 'a', '2', 'info-null-geometry');
    tally.add('gpu/info-surf', 'b', '3', 'prescription-bow-tie');
    tally.add('gpu/info-surf', 'b', '4', 'aoc-duplicate');
    const layer = tally.summary().layers['gpu/info-surf'];
    expect(layer).toMatchObject({ rows: 4, rejected: { 'no-geometry': 1 }, duplicates: 1, invalid: 1 });
    expect(layer?.sources['a']).toEqual({
      rows: 2,
      rejected: { 'no-geometry': 1 },
      duplicates: 0,
      invalid: 0,
    });
    expect(layer?.sources['b']).toEqual({ rows: 2, rejected: {}, duplicates: 1, invalid: 1 });
  });

  it('says where each defect is', () => {
    const tally = new Tally();
    tally.add('cadastre/parcelle', 'x.7z', '21901000AB0001', 'parcelle-spike');
    expect(tally.summary().defects).toMatchObject([
      {
        name: 'parcelle-spike',
        layer: 'cadastre/parcelle',
        source: 'x.7z',
        row: '21901000AB0001',
        consequence: 'invalid',
      },
    ]);
  });
});
