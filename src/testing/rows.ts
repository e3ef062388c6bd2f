/**
 * Writes FlatGeobuf files of rows without a place for tests: GDAL leaves such rows out
 * in silence, and the flatgeobuf package throws on them.
 */
import { Builder } from 'flatbuffers';
import { Column } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import type { Field } from '../format/catalogue.ts';
import type { Value } from '../format/feature-values.ts';

type Row = Readonly<Record<string, Value>>;

const MAGIC = Uint8Array.of(0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62, 0x00);

function header(fields: readonly Field[], count: number): Uint8Array {
  const builder = new Builder();
  const columns = fields.map(({ name }) => {
    const text = builder.createString(name);
    Column.startColumn(builder);
    Column.addName(builder, text);
    Column.addType(builder, ColumnType.String);
    return Column.endColumn(builder);
  });
  const vector = Header.createColumnsVector(builder, columns);
  Header.startHeader(builder);
  Header.addColumns(builder, vector);
  Header.addFeaturesCount(builder, BigInt(count));
  Header.addIndexNodeSize(builder, 0);
  builder.finishSizePrefixed(Header.endHeader(builder));
  return builder.asUint8Array();
}

/** All values are texts. */
function row(fields: readonly Field[], properties: Row): Uint8Array {
  const values = fields.flatMap(({ name }, column) => {
    const value = properties[name] ?? null;
    if (value === null) return [];
    const text = new TextEncoder().encode(String(value));
    const head = new DataView(new ArrayBuffer(6));
    head.setUint16(0, column, true);
    head.setUint32(2, text.length, true);
    return [...new Uint8Array(head.buffer), ...text];
  });
  const builder = new Builder();
  const vector = Feature.createPropertiesVector(builder, Uint8Array.from(values));
  Feature.startFeature(builder);
  Feature.addProperties(builder, vector);
  builder.finishSizePrefixed(Feature.endFeature(builder));
  return builder.asUint8Array();
}

/** The bytes of a file of `rows`. */
export function writeRows(fields: readonly Field[], rows: readonly Row[]): Uint8Array {
  const parts = [MAGIC, header(fields, rows.length), ...rows.map((properties) => row(fields, properties))];
  return new Uint8Array(Buffer.concat(parts));
}
