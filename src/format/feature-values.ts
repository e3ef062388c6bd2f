/**
 * The properties of an encoded feature, found once and decoded one by one as they
 * are asked for. Refuses a column that the header does not have and a value that
 * passes the end; the package's own decoder trusts both.
 */
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import type { Column } from './flatgeobuf.ts';

/** A value of a property. */
export type Value = string | number | boolean | null;

const utf8 = new TextDecoder();

/** Bytes of a value of fixed size. */
const SIZES: ReadonlyMap<ColumnType, number> = new Map([
  [ColumnType.Byte, 1],
  [ColumnType.UByte, 1],
  [ColumnType.Bool, 1],
  [ColumnType.Short, 2],
  [ColumnType.UShort, 2],
  [ColumnType.Int, 4],
  [ColumnType.UInt, 4],
  [ColumnType.Long, 8],
  [ColumnType.ULong, 8],
  [ColumnType.Float, 4],
  [ColumnType.Double, 8],
]);

type Decode = (view: DataView, at: number) => Value;

const text: Decode = (view, at) => {
  const length = view.getUint32(at, true);
  return utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at + 4, length));
};

const DECODERS: ReadonlyMap<ColumnType, Decode> = new Map<ColumnType, Decode>([
  [ColumnType.Byte, (view, at) => view.getInt8(at)],
  [ColumnType.UByte, (view, at) => view.getUint8(at)],
  [ColumnType.Bool, (view, at) => view.getUint8(at) !== 0],
  [ColumnType.Short, (view, at) => view.getInt16(at, true)],
  [ColumnType.UShort, (view, at) => view.getUint16(at, true)],
  [ColumnType.Int, (view, at) => view.getInt32(at, true)],
  [ColumnType.UInt, (view, at) => view.getUint32(at, true)],
  [ColumnType.Long, (view, at) => Number(view.getBigInt64(at, true))],
  [ColumnType.ULong, (view, at) => Number(view.getBigUint64(at, true))],
  [ColumnType.Float, (view, at) => view.getFloat32(at, true)],
  [ColumnType.Double, (view, at) => view.getFloat64(at, true)],
  [ColumnType.String, text],
  [ColumnType.Json, text],
  [ColumnType.DateTime, text],
]);

function sizeOf(column: Column, view: DataView, at: number): number {
  return SIZES.get(column.type) ?? 4 + view.getUint32(at, true);
}

/** The values of one feature, by the name of their column. */
export class FeatureValues {
  readonly #view: DataView;
  /** Where each value that is present begins. */
  readonly #offsets = new Map<string, { readonly at: number; readonly type: ColumnType }>();

  /** @throws RangeError when the bytes are not values of `columns`. */
  constructor(bytes: Uint8Array, columns: readonly Column[]) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length;) {
      const number = this.#view.getUint16(at, true);
      const column = columns[number];
      if (column === undefined) throw new RangeError(`column ${number} of ${columns.length}`);
      this.#offsets.set(column.name, { at: at + 2, type: column.type });
      at += 2 + sizeOf(column, this.#view, at + 2);
      if (at > bytes.length) throw new RangeError(`column ${column.name} passes the end`);
    }
  }

  /** The value in `column`; `null` when it is absent, as nulls are. */
  get(column: string): Value {
    const found = this.#offsets.get(column);
    if (found === undefined) return null;
    const decode = DECODERS.get(found.type);
    if (decode === undefined) throw new RangeError(`column ${column} is of type ${found.type}`);
    return decode(this.#view, found.at);
  }
}
