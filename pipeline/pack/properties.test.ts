import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/format/catalogue.ts';
import { encodeProperties } from './properties.ts';

const FIELDS: readonly Field[] = [
  { name: 'idu', type: 'string' },
  { name: 'contenance', type: 'integer' },
  { name: 'h', type: 'number' },
  { name: 'is_rnu', type: 'boolean' },
];

describe('the properties of a feature', () => {
  it('are each its column and its value, in the order of the columns', () => {
    const bytes = encodeProperties(FIELDS, { is_rnu: true, idu: 'é' });
    const text = [0, 0, 2, 0, 0, 0, 0xc3, 0xa9];
    expect([...bytes]).toEqual([...text, 3, 0, 1]);
  });

  it('leave out what is null or absent, and keep zero, false and the empty text', () => {
    expect(encodeProperties(FIELDS, { idu: null })).toHaveLength(0);
    const bytes = encodeProperties(FIELDS, { idu: '', contenance: 0, h: 0, is_rnu: false });
    expect(bytes).toHaveLength(2 + 4 + (2 + 8) + (2 + 8) + (2 + 1));
  });

  it('hold whole numbers beyond 32 bits: the largest parcel measures 18 560 911 142 m²', () => {
    const maripasoula = 18_560_911_142;
    const bytes = encodeProperties(FIELDS, { contenance: maripasoula });
    expect(Number(new DataView(bytes.buffer).getBigInt64(2, true))).toBe(maripasoula);
  });

  it('refuse a fraction in a column of whole numbers', () => {
    expect(() => encodeProperties(FIELDS, { contenance: 1.5 })).toThrow(RangeError);
  });
});
