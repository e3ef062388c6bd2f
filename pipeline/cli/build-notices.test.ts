import { describe, expect, it } from 'vitest';
import type { BuildReport } from '../build/summary.ts';
import type { MemberReport } from '../normalise/report.ts';
import { noticesOf } from './build-notices.ts';

const NONE = { changes: [], uncompared: null };
const NOTHING: BuildReport = { layers: {}, duplicates: [], repeated: [], corrections: [], sources: [] };

function report(keys: Partial<BuildReport>): BuildReport {
  return { ...NOTHING, ...keys };
}

function withMember(keys: Partial<MemberReport>): BuildReport {
  const drift = { generation: 'IGN', missing: [], added: [], retyped: [] };
  const member = { member: 'PARCELLE.SHP', drift, garbled: [], ...keys } as unknown as MemberReport;
  const rest = { dataset: 'cadastre', format: 'x', path: 'x', vintage: '1', consulted: [], unused: [] };
  return report({ sources: [{ ...rest, members: [member], served: true }] });
}

describe('what is told after a build', () => {
  it('is nothing when there is nothing to know', () => {
    expect(noticesOf(NOTHING, NONE)).toEqual([]);
    expect(noticesOf(withMember({}), NONE)).toEqual([]);
  });

  it('are corrections, those that applied to nothing too', () => {
    const line = { layer: 'aoc/appellation-viticole', reason: 'x' };
    const corrections = [
      { ...line, at: 'aoc.csv:2', rows: 3 },
      { ...line, at: 'aoc.csv:3', rows: 0 },
    ];
    expect(noticesOf(report({ corrections }), NONE)).toEqual([
      '1 of 2 corrections changed 3 rows; 1 applied to nothing',
    ]);
  });

  it('are new columns, garbled texts, repeated identifiers', () => {
    const drift = { generation: 'IGN', missing: [], added: ['couleur'], retyped: [] };
    expect(noticesOf(withMember({ drift }), NONE)).toEqual(['PARCELLE.SHP: columns of IGN: new couleur']);
    expect(noticesOf(withMember({ garbled: [{ id: 'a', what: 'x' }] }), NONE)).toEqual([
      '1 text garbled by the producer, kept as they came',
    ]);
    const repeated = [{ layer: 'l', partition: 'p', features: [{ id: 'a', what: 'x' }] }];
    expect(noticesOf(report({ repeated }), NONE)).toEqual([
      '1 feature of an identifier that another one has, kept',
    ]);
  });

  it('are layers that lost features, not those that gained', () => {
    const changes = [
      { layer: 'cadastre/parcelle', partition: '21', before: 100, now: 98 },
      { layer: 'cadastre/parcelle', partition: '58', before: 100, now: 102 },
    ];
    expect(noticesOf(NOTHING, { ...NONE, changes })).toEqual([
      'cadastre/parcelle 21: 100 features before, 98 now',
    ]);
  });

  it('are those that lost the largest share first, and how many more there are', () => {
    const changes = [99, 98, 97, 96, 95, 94, 93].map((now) => {
      return { layer: 'l', partition: String(now), before: 100, now };
    });
    const told = noticesOf(NOTHING, { ...NONE, changes });
    expect(told[0]).toBe('l 93: 100 features before, 93 now');
    expect(told).toHaveLength(6);
    expect(told.at(-1)).toBe('2 more lost features since');
  });

  it('are layers and partitions that are gone, and that a tree could not be compared', () => {
    const changes = [{ layer: 'cadastre/parcelle', partition: '58', before: 100, now: 0 }];
    expect(noticesOf(NOTHING, { changes, uncompared: 'dist: no manifest' })).toEqual([
      'the tree of before cannot be read, and nothing was compared with it: dist: no manifest',
      'no longer there: cadastre/parcelle 58',
    ]);
  });
});
