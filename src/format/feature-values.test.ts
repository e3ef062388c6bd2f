import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { describe, expect, it } from 'vitest';
import { FeatureValues } from './feature-values.ts';

const columns = [
  { name: 'text', type: ColumnType.String },
  { name: 'flag', type: ColumnType.Bool },
  { name: 'long', type: ColumnType.Long },
  { name: '__proto__', type: ColumnType.Double },
  { name: 'blob', type: ColumnType.Binary },
];

function bytes(...chunks: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}

function number(column: number, write: (view: DataView) => void, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + length));
  view.setUint16(0, column, true);
  write(new DataView(view.buffer, 2));
  return new Uint8Array(view.buffer);
}

const text = (column: number, value: string): Uint8Array => {
  const encoded = new TextEncoder().encode(value);
  return bytes([column, 0, encoded.length, 0, 0, 0], encoded);
};

describe('FeatureValues', () => {
  it('gives each value by its column, null where it is absent', () => {
    const long = number(
      2,
      (view) => {
        view.setBigInt64(0, 18_560_911_142n, true);
      },
      8,
    );
    const values = new FeatureValues(bytes(text(0, 'Œuilly'), long), columns);
    expect(values.get('text')).toBe('Œuilly');
    expect(values.get('long')).toBe(18_560_911_142);
    expect(values.get('flag')).toBeNull();
    expect(values.get('nowhere')).toBeNull();
  });

  it('decodes booleans and doubles, whatever the column is called', () => {
    const double = number(
      3,
      (view) => {
        view.setFloat64(0, 0.25, true);
      },
      8,
    );
    const values = new FeatureValues(bytes([1, 0, 1], double), columns);
    expect(values.get('flag')).toBe(true);
    expect(values.get('__proto__')).toBe(0.25);
    expect(values.get('constructor')).toBeNull();
  });

  it.each([
    ['a column that the header does not have', bytes([9, 0, 1])],
    ['a text that passes the end', bytes([0, 0, 200, 0, 0, 0, 65])],
    ['a number that passes the end', bytes([2, 0, 1, 2, 3])],
    ['half a column number', bytes([0])],
  ])('refuses %s', (_, corrupt) => {
    expect(() => new FeatureValues(corrupt, columns)).toThrow(RangeError);
  });

  it('refuses to make a value of a type that has none in GeoJSON', () => {
    const values = new FeatureValues(bytes([4, 0, 1, 0, 0, 0, 255]), columns);
    expect(() => values.get('blob')).toThrow(RangeError);
  });
});
