/**
 * A spool: the encoded features of one layer and partition in the order in which
 * their source gave them, on disk between normalising and packing.
 *
 * Entry: id length (u16), length of the feature (u32), box (4 × f64, NaN without a
 * place), id (UTF-8), the feature's bytes. Little-endian. Never published.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Box } from '../../src/geometry/lattice.ts';
import { EMPTY_BOX, joinBoxes } from './rtree.ts';

const HEAD = 2 + 4 + 32;
/** Big enough that a write or read is worth its call. */
const CHUNK = 1 << 20;

export interface SpoolEntry {
  /** What names the feature in reports. */
  readonly id: string;
  /** Degrees; `null` without a place. */
  readonly box: Box | null;
  readonly feature: Uint8Array;
}

function encodeEntry(entry: SpoolEntry): Buffer {
  const id = Buffer.from(entry.id, 'utf8').subarray(0, 0xffff);
  const head = Buffer.alloc(HEAD);
  head.writeUInt16LE(id.length, 0);
  head.writeUInt32LE(entry.feature.length, 2);
  for (let i = 0; i < 4; i++) head.writeDoubleLE(entry.box?.[i] ?? NaN, 6 + 8 * i);
  return Buffer.concat([head, id, entry.feature]);
}

export class SpoolWriter {
  readonly #file: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #count = 0;
  #box: Box | null = null;
  #closed = false;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Around all features with a place, in degrees. */
  get box(): Box | null {
    return this.#box;
  }

  get count(): number {
    return this.#count;
  }

  add(entry: SpoolEntry): void {
    const bytes = encodeEntry(entry);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#count += 1;
    if (entry.box !== null) this.#box = joinBoxes(this.#box ?? EMPTY_BOX, entry.box);
    if (this.#pendingBytes >= CHUNK) this.#flush();
  }

  /** Writes what is pending; once closed, it stays so. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }
}

/** Reads a file from its start, a chunk ahead. */
class ChunkedReader {
  readonly #file: number;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #filePosition = 0;

  constructor(file: number) {
    this.#file = file;
  }

  /** The next `length` bytes, fewer only at the end of the file. */
  take(length: number): Buffer {
    if (this.#at + length > this.#buffer.length) this.#refill(length);
    const bytes = this.#buffer.subarray(this.#at, this.#at + length);
    this.#at += bytes.length;
    return bytes;
  }

  #refill(length: number): void {
    const rest = this.#buffer.subarray(this.#at);
    const next = Buffer.alloc(Math.max(CHUNK, length));
    const read = readSync(this.#file, next, 0, next.length, this.#filePosition);
    this.#filePosition += read;
    this.#buffer = Buffer.concat([rest, next.subarray(0, read)]);
    this.#at = 0;
  }
}

/** Every entry with the place of its feature in the file; `feature` is valid until the next one. */
export function* readSpool(path: string): Generator<SpoolEntry & { readonly offset: number }> {
  const file = openSync(path, 'r');
  try {
    const reader = new ChunkedReader(file);
    for (let offset = 0; ;) {
      const head = reader.take(HEAD);
      if (head.length === 0) return;
      const [idLength, featureLength] = [head.readUInt16LE(0), head.readUInt32LE(2)];
      const corners = [0, 1, 2, 3].map((i) => head.readDoubleLE(6 + 8 * i));
      const [a = NaN, b = NaN, c = NaN, d = NaN] = corners;
      const id = reader.take(idLength).toString('utf8');
      offset += HEAD + idLength;
      yield { id, box: Number.isNaN(a) ? null : [a, b, c, d], feature: reader.take(featureLength), offset };
      offset += featureLength;
    }
  } finally {
    closeSync(file);
  }
}
