import { describe, expect, it } from 'vitest';
import { Reject } from './reject.ts';
import { Row, type RawValue } from './row.ts';

function row(values: Readonly<Record<string, RawValue>>): Row {
  return new Row(new Map(Object.entries(values)));
}

const DATE = { year: 2026, month: 3, day: 1 };
const MOMENT = { ...DATE, hour: 4, minute: 5, second: 6.7 };

describe('a row', () => {
  it('finds a column in any case', () => {
    expect(row({ insee: '01004' }).text('INSEE')).toBe('01004');
    expect(row({ insee: '01004' }).has('Insee')).toBe(true);
    expect(row({ insee: '01004' }).has('nom')).toBe(false);
  });

  it('takes the first spelling that holds something', () => {
    expect(row({ app: '', appellatio: 'Volnay' }).text('app', 'appellatio')).toBe('Volnay');
    expect(row({ app: ' \t', appellatio: 'Volnay' }).text('app', 'appellatio')).toBe('Volnay');
    expect(row({ app: null, appellatio: 'Volnay' }).text('app', 'appellatio')).toBe('Volnay');
    expect(row({ appellatio: 'Volnay' }).text('app', 'appellatio')).toBe('Volnay');
  });

  it('takes nothing for nothing, whatever it is asked for', () => {
    for (const blank of ['', '   ', null]) {
      const empty = row({ a: blank });
      expect([empty.text('a'), empty.number('a'), empty.integer('a'), empty.boolean('a')]).toEqual([
        null,
        null,
        null,
        null,
      ]);
      expect([empty.isoDate('a'), empty.timestamp('a'), empty.text('b')]).toEqual([null, null, null]);
    }
  });

  it('keeps codes as texts, zeros in front included', () => {
    expect(row({ a: '01004' }).text('a')).toBe('01004');
    expect(row({ a: ' 2A004 ' }).text('a')).toBe('2A004');
    expect(row({ a: 0 }).text('a')).toBe('0');
  });

  it('reads numbers, with a decimal comma too', () => {
    expect(row({ a: '12,5' }).number('a')).toBe(12.5);
    expect(row({ a: ' 12.5 ' }).number('a')).toBe(12.5);
    expect(row({ a: -3 }).number('a')).toBe(-3);
    expect(row({ a: '-,5' }).number('a')).toBe(-0.5);
    expect(row({ a: '1.2E+3' }).number('a')).toBe(1200);
    expect(row({ a: '18560911142' }).integer('a')).toBe(18_560_911_142);
  });

  it.each<[RawValue]>([
    ['12 ha'],
    ['1.234,5'],
    [NaN],
    [Infinity],
    ['NaN'],
    ['Infinity'],
    ['0x10'],
    ['0b1'],
    [DATE],
  ])('rejects %j where a number is asked for', (value) => {
    expect(() => row({ a: value }).number('a')).toThrow(Reject);
  });

  it.each<[RawValue]>([['1,5'], [2 ** 53], ['9007199254740993']])(
    'rejects %j where a whole number is asked for',
    (value) => {
      expect(() => row({ a: value }).integer('a')).toThrow(Reject);
    },
  );

  it.each(['text', 'isoDate', 'timestamp', 'number', 'boolean'] as const)(
    'rejects bytes and times of day where a %s is asked for',
    (reading) => {
      for (const value of [Buffer.from('AB'), { hour: 4, minute: 5, second: 6 }]) {
        expect(() => row({ a: value as unknown as RawValue })[reading]('a')).toThrow(Reject);
      }
    },
  );

  it('reads truths in the spellings of producers, and rejects others', () => {
    for (const yes of [1, '1', true, 'true', 'T', 'Oui', 'o '])
      expect(row({ a: yes }).boolean('a')).toBe(true);
    for (const no of [0, '0', false, 'FALSE', 'f', 'non', 'N'])
      expect(row({ a: no }).boolean('a')).toBe(false);
    for (const other of ['peut-être', 2, DATE]) expect(() => row({ a: other }).boolean('a')).toThrow(Reject);
  });

  it('writes dates as the CNIG does, or with dashes', () => {
    expect(row({ a: DATE }).text('a')).toBe('20260301');
    expect(row({ a: DATE }).isoDate('a')).toBe('2026-03-01');
    expect(row({ a: '20260301' }).isoDate('a')).toBe('2026-03-01');
    expect(row({ a: 20260301 }).isoDate('a')).toBe('2026-03-01');
  });

  it('writes moments in UTC, whatever their zone and the machine’s', () => {
    expect(row({ a: MOMENT }).timestamp('a')).toBe('2026-03-01T04:05:06Z');
    expect(row({ a: { ...MOMENT, timezone: 100 } }).timestamp('a')).toBe('2026-03-01T04:05:06Z');
    // GDAL's flag for two hours ahead, which reaches into the day before.
    expect(row({ a: { ...MOMENT, hour: 1, timezone: 108 } }).timestamp('a')).toBe('2026-02-28T23:05:06Z');
    expect(row({ a: DATE }).timestamp('a')).toBe('2026-03-01T00:00:00Z');
    expect(row({ a: 'hier' }).timestamp('a')).toBe('hier');
  });
});
