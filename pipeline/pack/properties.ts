/**
 * The properties of a feature in FlatGeobuf's encoding: for each value that is not
 * null, its column's number (two bytes), then the value by the column's type.
 */
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { concatenate } from '../../src/format/bytes.ts';
import type { Field, FieldType } from '../../src/format/catalogue.ts';

export type PropertyValue = string | number | boolean | null;
export type Properties = Readonly<Record<string, PropertyValue>>;

/** Integers are 64-bit: the largest parcel measures more square metres than 2^32. */
export const COLUMN_TYPES: Readonly<Record<FieldType, ColumnType>> = {
  string: ColumnType.String,
  integer: ColumnType.Long,
  number: ColumnType.Double,
  boolean: ColumnType.Bool,
};

const text = new TextEncoder();

function encodeValue(type: FieldType, value: NonNullable<PropertyValue>): Uint8Array {
  switch (type) {
    case 'string': {
      const bytes = text.encode(String(value));
      const out = new Uint8Array(4 + bytes.length);
      new DataView(out.buffer).setUint32(0, bytes.length, true);
      out.set(bytes, 4);
      return out;
    }
    case 'integer': {
      const out = new Uint8Array(8);
      new DataView(out.buffer).setBigInt64(0, BigInt(value), true);
      return out;
    }
    case 'number': {
      const out = new Uint8Array(8);
      new DataView(out.buffer).setFloat64(0, Number(value), true);
      return out;
    }
    case 'boolean':
      return Uint8Array.of(value === true ? 1 : 0);
  }
}

/** The bytes of all properties, in the order of the fields. */
export function encodeProperties(fields: readonly Field[], properties: Properties): Uint8Array {
  const chunks: Uint8Array[] = [];
  fields.forEach((field, column) => {
    const value = properties[field.name] ?? null;
    if (value === null) return;
    chunks.push(Uint8Array.of(column & 0xff, column >> 8), encodeValue(field.type, value));
  });
  return concatenate(chunks);
}
