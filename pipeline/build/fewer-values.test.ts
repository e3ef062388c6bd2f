import { describe, expect, it } from 'vitest';
import { fields } from '../datasets/dataset.ts';
import { valuesOf } from '../normalise/value-tally.ts';
import type { Properties } from '../pack/properties.ts';
import { fewerValues } from './fewer-values.ts';
import type { Held } from './vintage.ts';

const FIELDS = fields('libelle datvalid gid:integer former');

/** `count` rows, the first `filled` of which have `values`. */
function held(count: number, filled: number, values: Properties, formats = ['extraction']): Held {
  const rows = Array.from({ length: count }, (_, i) => (i < filled ? values : {}));
  const counted = { features: count, values: valuesOf(rows, FIELDS) };
  return { layer: 'gpu/zone-urba', partition: 'france', formats, vintages: [], coverage: [], ...counted };
}

const NAMED = { libelle: 'UA' };

function falls(before: readonly [number, number], now: readonly [number, number]): boolean {
  return fewerValues(held(...before, NAMED), held(...now, NAMED)).length > 0;
}

describe('the values of a field', () => {
  it('may not all be gone: a column was renamed', () => {
    expect(fewerValues(held(200, 200, NAMED), held(210, 0, NAMED))).toEqual([
      {
        code: 'ValuesDropped',
        name: 'gpu/zone-urba:libelle',
        what:
          'gpu/zone-urba france: libelle is filled in 0 of 210 rows (0 %), ' +
          'in 200 of 200 rows (100 %) of the tree that is published',
      },
    ]);
  });

  it('may not be numbers where they were dates: they went through a spreadsheet', () => {
    const [before, now] = [held(1000, 999, { datvalid: '20260301' }), held(1000, 999, { datvalid: '46082' })];
    expect(fewerValues(before, now).map(({ name, what }) => [name, what])).toEqual([
      [
        'gpu/zone-urba:datvalid',
        'gpu/zone-urba france: datvalid is a date YYYYMMDD in 0 of 1000 rows (0 %), ' +
          'in 999 of 1000 rows (99 %) of the tree that is published',
      ],
    ]);
  });

  it.each([
    ['2026-03-01', '01/03/2026', 'a date YYYY-MM-DD'],
    ['20260301', '2026-03-01', 'a date YYYYMMDD'],
    ['21231', 'Dijon', 'a text of digits'],
    ['Dijon', '21231', 'other than digits and dates'],
  ])('may not become of another form: %s, %s', (before, now, said) => {
    const [loss] = fewerValues(held(100, 100, { libelle: before }), held(100, 100, { libelle: now }));
    expect(loss?.what).toContain(`libelle is ${said} in 0 of 100 rows`);
  });

  it('may be others of the same form, and numbers other numbers', () => {
    const before = held(100, 100, { libelle: 'UA', datvalid: '20260301', gid: 12 });
    expect(fewerValues(before, held(100, 100, { libelle: 'N', datvalid: '20190504', gid: 3 }))).toEqual([]);
  });

  it.each([
    ['a tenth', [1000, 1000], [1000, 900], false],
    ['more than a tenth', [1000, 1000], [1000, 899], true],
    ['half of a field that few rows have', [1000, 80], [1000, 40], false],
    ['more than half of it', [1000, 80], [1000, 39], true],
    ['all of a field that next to none has', [10_000, 400], [10_000, 0], false],
    ['all of a small layer', [29, 29], [29, 0], false],
    ['all of one that is larger', [30, 30], [30, 0], true],
    ['nothing beside the rows that went', [1000, 1000], [500, 500], false],
    ['nothing, while rows without come', [1000, 1000], [1900, 1000], false],
    ['some, in what is another thing', [1000, 1000], [2001, 500], false],
    ['all, in what grew', [1000, 1000], [1900, 0], true],
  ] as const)('may lose %s: %j, %j', (_, before, now, isLoss) => {
    expect(falls(before, now)).toBe(isLoss);
  });

  it('are not compared with those of another format, nor where they were not counted', () => {
    const [before, now] = [held(100, 100, NAMED), held(100, 0, NAMED)];
    expect(fewerValues(before, { ...now, formats: ['cnig'] })).toEqual([]);
    expect(fewerValues({ ...before, values: null }, now)).toEqual([]);
    expect(fewerValues(held(0, 0, NAMED), now)).toEqual([]);
  });

  it('are not compared where we have dropped the field ourselves', () => {
    expect(fewerValues(held(100, 100, { former: 'x' }), held(100, 100, NAMED))).toEqual([]);
  });
});
