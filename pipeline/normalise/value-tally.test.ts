import { describe, expect, it } from 'vitest';
import { fields } from '../datasets/dataset.ts';
import { formOf, together, ValueTally, valuesOf } from './value-tally.ts';

const FIELDS = fields('code nom surface:integer vrai:boolean');

describe('what rows hold', () => {
  it('is counted by field, in the order of the fields; nothing, and no text, is no value', () => {
    const tally = new ValueTally(FIELDS);
    tally.see({ nom: 'Dijon', surface: 0, vrai: false });
    tally.see({ code: '21231', nom: '', surface: null, other: 'unknown' });
    const counts = tally.counts();
    expect(counts).toEqual({
      rows: 2,
      filled: { code: 1, nom: 1, surface: 1, vrai: 1 },
      forms: { YYYYMMDD: {}, 'YYYY-MM-DD': {}, digits: { code: 1 } },
    });
    expect(Object.keys(counts.filled)).toEqual(['code', 'nom', 'surface', 'vrai']);
  });

  it.each([
    ['20260301', 'YYYYMMDD'],
    ['15390810', 'YYYYMMDD'],
    ['46082', 'digits'],
    ['20261301', 'digits'],
    ['20260300', 'digits'],
    ['2026-03-01', 'YYYY-MM-DD'],
    ['2026-03-01T23:30:00Z', 'YYYY-MM-DD'],
    ['2026-03-012', null],
    ['01/03/2026', null],
    ['46082.0', null],
    ['2A004', null],
    ['Dijon', null],
  ])('tells the form of %s: %s', (text, form) => {
    expect(formOf(text)).toBe(form);
  });

  it('of several sources is one sum, whatever their order', () => {
    const [a, b] = [
      valuesOf([{ nom: 'Dijon' }, { nom: '20260301' }], FIELDS),
      valuesOf([{ code: '1', nom: 'x' }], FIELDS),
    ];
    expect(together([a, b])).toEqual({
      rows: 3,
      filled: { code: 1, nom: 3 },
      forms: { YYYYMMDD: { nom: 1 }, 'YYYY-MM-DD': {}, digits: { code: 1 } },
    });
    expect(JSON.stringify(together([b, a]))).toBe(JSON.stringify(together([a, b])));
  });
});
