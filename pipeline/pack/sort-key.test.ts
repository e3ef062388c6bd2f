import { describe, expect, it } from 'vitest';
import { encodeKey, sortKey } from './sort-key.ts';

const FIELDS = ['section', 'numero'];

function key(section: string | null, numero: string | null = null): Uint8Array {
  return encodeKey(FIELDS, { section, numero });
}

describe('the key of a feature', () => {
  it('sorts as its values do as texts in UTF-8, field after field, null first', () => {
    const values = [null, '', '0A', 'A', 'A\0', 'A\0B', 'AB', 'B', 'é', '\uffff', '😀'];
    const keys = values.flatMap((a) => values.map((b) => key(a, b)));
    for (const [i, after] of keys.slice(1).entries()) {
      expect(Buffer.compare(keys[i] ?? after, after), `${i}`).toBe(-1);
    }
  });

  it('tells a text that runs on from two texts', () => {
    expect(key('AB', 'C')).not.toEqual(key('A', 'BC'));
    expect(key('A\0', 'B')).not.toEqual(key('A', '\0B'));
  });

  it('takes what is absent for null, and other values as texts', () => {
    expect(encodeKey(FIELDS, {})).toEqual(key(null));
    expect(encodeKey(FIELDS, { section: 12, numero: true })).toEqual(key('12', 'true'));
    expect(encodeKey([], { section: 'A' })).toHaveLength(0);
  });
});

describe('the order of features', () => {
  const [one, other] = [Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 4)];

  it('is by key, then by place', () => {
    const sorted = [
      sortKey(key('A'), 0, one),
      sortKey(key('A'), 2 ** 32 - 1, one),
      sortKey(key('A', ''), 0, one),
      sortKey(key('A', 'B'), 2 ** 32 - 1, other),
      sortKey(key('A', 'B\0'), 0, one),
      sortKey(key('B'), 0, one),
    ];
    expect([...sorted].reverse().sort((a, b) => Buffer.compare(a, b))).toEqual(sorted);
  });

  it('is one place for identical features, and two for others', () => {
    expect(sortKey(key('A'), 7, one)).toEqual(sortKey(key('A'), 7, Uint8Array.from(one)));
    expect(sortKey(key('A'), 7, one)).not.toEqual(sortKey(key('A'), 7, other));
  });
});
