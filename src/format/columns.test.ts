import { describe, expect, it } from 'vitest';
import { decodeColumn, decodeRows, decodeCounts, encodeColumn, encodeColumns } from './columns.ts';

describe('a column', () => {
  it('is one value where all are the same, null included', () => {
    expect(encodeColumn(['a', 'a'])).toBe('a');
    expect(encodeColumn([null, null])).toBe(null);
    expect(encodeColumn([7])).toBe(7);
    expect(encodeColumn([])).toEqual([]);
    expect(encodeColumn([0, -0])).toEqual([0, -0]);
    expect(encodeColumn(['1', 1])).toEqual(['1', 1]);
  });

  it('is read as it was written, of any length', () => {
    for (const values of [[], [null], ['a', 'a'], [1, 'a', null, true], [-0, 0]]) {
      expect(decodeColumn(encodeColumn(values), values.length)).toEqual(values);
    }
  });

  it('is refused of another length', () => {
    for (const json of [[1], [1, 2, 3], []]) {
      expect(() => decodeColumn(json, 2)).toThrow(RangeError);
    }
  });

  it('of whole numbers is refused with anything else', () => {
    expect(decodeCounts(5, 2)).toEqual([5, 5]);
    for (const json of [[1, -1], [1, 0.5], [1, '2'], [1, null], [1, 2 ** 53], null, true]) {
      expect(() => decodeCounts(json, 2)).toThrow();
    }
  });
});

describe('columns', () => {
  it('are read back as rows', () => {
    const rows = [
      ['a', 1, null],
      ['a', 2, null],
    ];
    expect(encodeColumns(rows, 3)).toEqual(['a', [1, 2], null]);
    expect(decodeRows([], encodeColumns(rows, 3), 3, 2)).toEqual(rows);
    expect(decodeRows([], [], 0, 2)).toEqual([[], []]);
  });

  it('are refused in another number, rows of another width too', () => {
    expect(() => decodeRows([], ['a'], 2, 2)).toThrow();
    expect(() => decodeRows([], 'a', 1, 2)).toThrow();
    expect(() => encodeColumns([['a']], 2)).toThrow(RangeError);
    expect(() => encodeColumns([['a', 'b', 'c']], 2)).toThrow(RangeError);
  });
});
