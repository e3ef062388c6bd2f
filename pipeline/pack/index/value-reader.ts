/**
 * Reads some columns of features. Neighbours have most values in common: one of the same
 * bytes as that of the feature before is not decoded again. Refuses columns that the
 * layer lacks and values that pass the properties.
 */
import type { Field } from '../../../src/format/catalogue.ts';
import type { Value } from '../../../src/format/feature-values.ts';
import type { Chunk } from './chunk.ts';
import { propertiesOf, type EncodedFeature } from './encoded-feature.ts';

/** Longer texts are decoded each time. */
const LONGEST_KEPT = 64;

/** A column as it was last read. */
interface LastRead {
  readonly bytes: Uint8Array;
  length: number;
  value: Value;
}

function sizeOf({ view }: Chunk, at: number, { type }: Field): number {
  if (type === 'string') return 4 + view.getUint32(at, true);
  return type === 'boolean' ? 1 : 8;
}

function decode({ view, bytes }: Chunk, at: number, size: number, { type }: Field): Value {
  switch (type) {
    case 'string':
      return bytes.toString('utf8', at + 4, at + size);
    case 'integer':
      return view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
    case 'number':
      return view.getFloat64(at, true);
    case 'boolean':
      return view.getUint8(at) !== 0;
  }
}

function isSame(bytes: Uint8Array, at: number, size: number, last: LastRead): boolean {
  if (size !== last.length) return false;
  // From the end: where texts differ, they mostly do there.
  for (let i = size - 1; i >= 0; i--) if (bytes[at + i] !== last.bytes[i]) return false;
  return true;
}

export class ValueReader {
  readonly #fields: readonly Field[];
  /** Where the value of each column goes; -1: nowhere. */
  readonly #targets: readonly number[];
  readonly #width: number;
  readonly #last: readonly LastRead[];

  /** @param names of the columns to read, in the order of the values. */
  constructor(fields: readonly Field[], names: readonly string[]) {
    const missing = names.find((name) => fields.every((field) => field.name !== name));
    if (missing !== undefined) throw new Error(`there is no field ${missing}`);
    this.#fields = fields;
    this.#targets = fields.map(({ name }) => names.indexOf(name));
    this.#width = names.length;
    this.#last = fields.map(() => ({ bytes: new Uint8Array(LONGEST_KEPT), length: 0, value: null }));
  }

  read(feature: EncodedFeature): Value[] {
    const values = new Array<Value>(this.#width).fill(null);
    const { at: start, count } = propertiesOf(feature);
    const { chunk } = feature;
    for (let at = start; at < start + count;) {
      const column = chunk.view.getUint16(at, true);
      const field = this.#fields[column];
      const target = this.#targets[column];
      if (field === undefined || target === undefined) throw new RangeError(`column ${column}`);
      const size = sizeOf(chunk, at + 2, field);
      if (at + 2 + size > start + count) throw new RangeError(`column ${column} passes the end`);
      if (target >= 0) values[target] = this.#valueAt(chunk, at + 2, size, column, field);
      at += 2 + size;
    }
    return values;
  }

  #valueAt(chunk: Chunk, at: number, size: number, column: number, field: Field): Value {
    const last = this.#last[column];
    if (last === undefined || size > LONGEST_KEPT) return decode(chunk, at, size, field);
    if (!isSame(chunk.bytes, at, size, last)) {
      last.value = decode(chunk, at, size, field);
      last.length = size;
      last.bytes.set(chunk.bytes.subarray(at, at + size));
    }
    return last.value;
  }
}
