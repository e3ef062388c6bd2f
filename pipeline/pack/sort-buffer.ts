/**
 * Records in memory, one after the other in one buffer, put in the order of their keys on
 * demand. Record: length of the key (u32), of the value (u32), key, value; little-endian.
 */

export interface SortRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export const RECORD_HEAD = 8;
const FIRST_BYTES = 1 << 16;
/** What a record costs beside its bytes: its place, its prefix, its part in sorting. */
const OVERHEAD = 40;
/** Bytes of a key that a double holds exactly. */
const PREFIX = 6;

/** The record that starts at `at`, as views. */
export function recordAt(bytes: Buffer, at: number): SortRecord {
  const valueAt = at + RECORD_HEAD + bytes.readUInt32LE(at);
  return {
    key: bytes.subarray(at + RECORD_HEAD, valueAt),
    value: bytes.subarray(valueAt, valueAt + bytes.readUInt32LE(at + 4)),
  };
}

/** The bytes of the record that starts at `at`, its head included. */
export function recordBytes(bytes: Buffer, at: number): number {
  return RECORD_HEAD + bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4);
}

/** The first bytes of a key as a number that sorts as they do. */
function prefixOf(key: Uint8Array): number {
  let prefix = 0;
  for (let i = 0; i < PREFIX; i++) prefix = prefix * 256 + (key[i] ?? 0);
  return prefix;
}

export class SortBuffer {
  readonly #memory: number;
  #bytes = Buffer.alloc(0);
  #length = 0;
  readonly #starts: number[] = [];
  readonly #prefixes: number[] = [];

  constructor(memory: number) {
    this.#memory = memory;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Whether a record of so many bytes may be added; the first one always may. */
  fits(bytes: number): boolean {
    // Growing holds the old bytes and the new ones for a moment: half is kept for that.
    const held = 2 * (this.#length + bytes + RECORD_HEAD) + (this.count + 1) * OVERHEAD;
    return this.count === 0 || held <= this.#memory;
  }

  add(key: Uint8Array, value: Uint8Array): void {
    const start = this.#length;
    const end = start + RECORD_HEAD + key.length + value.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.writeUInt32LE(key.length, start);
    this.#bytes.writeUInt32LE(value.length, start + 4);
    this.#bytes.set(key, start + RECORD_HEAD);
    this.#bytes.set(value, start + RECORD_HEAD + key.length);
    this.#length = end;
    this.#starts.push(start);
    this.#prefixes.push(prefixOf(key));
  }

  *sorted(): Generator<SortRecord> {
    for (const start of this.#order()) yield recordAt(this.#bytes, start);
  }

  /** The bytes of each record, in order. */
  *sortedBytes(): Generator<Uint8Array> {
    for (const start of this.#order()) {
      yield this.#bytes.subarray(start, start + recordBytes(this.#bytes, start));
    }
  }

  clear(): void {
    this.#length = this.#starts.length = this.#prefixes.length = 0;
  }

  release(): void {
    this.clear();
    this.#bytes = Buffer.alloc(0);
  }

  #grow(least: number): void {
    const grown = Buffer.allocUnsafe(Math.max(FIRST_BYTES, least, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }

  #order(): Uint32Array {
    const order = Uint32Array.from(this.#starts.keys());
    order.sort((a, b) => (this.#prefixes[a] ?? 0) - (this.#prefixes[b] ?? 0) || this.#compare(a, b));
    return order.map((record) => this.#starts[record] ?? 0);
  }

  /** Compares two records whose prefixes are equal; last by the order in which they came. */
  #compare(a: number, b: number): number {
    const [startA, startB] = [this.#starts[a] ?? 0, this.#starts[b] ?? 0];
    const [lengthA, lengthB] = [this.#bytes.readUInt32LE(startA), this.#bytes.readUInt32LE(startB)];
    if (lengthA === lengthB && lengthA <= PREFIX) return a - b;
    const [keyA, keyB] = [startA + RECORD_HEAD, startB + RECORD_HEAD];
    return this.#bytes.compare(this.#bytes, keyB, keyB + lengthB, keyA, keyA + lengthA) || a - b;
  }
}
