/**
 * Reads spools: entry after entry, or what one of them holds. Refuses a spool that ends
 * in the midst of an entry.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Box } from '../../src/geometry/lattice.ts';
import type { FeatureRef } from './feature-ref.ts';
import { BOX_AT, HEAD_BYTES, type SpoolEntry } from './spool.ts';

/** Big enough that a read is worth its call. */
const CHUNK = 1 << 20;

/** Reads a file from its start, a chunk ahead. */
class ChunkedReader {
  readonly #file: number;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #filePosition = 0;

  constructor(file: number) {
    this.#file = file;
  }

  isAtEnd(): boolean {
    if (this.#at === this.#buffer.length) this.#refill(1);
    return this.#at === this.#buffer.length;
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#buffer.length) this.#refill(length);
    const bytes = this.#buffer.subarray(this.#at, this.#at + length);
    this.#at += bytes.length;
    if (bytes.length === length) return bytes;
    throw new Error(`a spool of ${this.#filePosition} bytes ends in the midst of an entry`);
  }

  #refill(length: number): void {
    const rest = this.#buffer.subarray(this.#at);
    const next = Buffer.allocUnsafe(rest.length + Math.max(CHUNK, length));
    rest.copy(next);
    const read = readSync(this.#file, next, rest.length, next.length - rest.length, this.#filePosition);
    this.#filePosition += read;
    this.#buffer = next.subarray(0, rest.length + read);
    this.#at = 0;
  }
}

function boxIn(head: Buffer): Box | null {
  const corner = (i: number): number => head.readDoubleLE(BOX_AT + 8 * i);
  return Number.isNaN(corner(0)) ? null : [corner(0), corner(1), corner(2), corner(3)];
}

/** An entry and where it stands in its file. */
export interface PlacedEntry extends SpoolEntry {
  /** Of the feature's bytes; those of the id end there. */
  readonly offset: number;
  /** Bytes of the id. */
  readonly idLength: number;
}

/** Every entry; its bytes are valid until the next one. */
export function* readSpool(path: string): Generator<PlacedEntry> {
  const file = openSync(path, 'r');
  try {
    const reader = new ChunkedReader(file);
    for (let at = 0; !reader.isAtEnd();) {
      const head = reader.take(HEAD_BYTES);
      const [idLength, length, keyLength] = [
        head.readUInt16LE(0),
        head.readUInt32LE(2),
        head.readUInt32LE(6),
      ];
      const box = boxIn(head);
      const body = reader.take(keyLength + idLength + length);
      const [key, idEnd] = [body.subarray(0, keyLength), keyLength + idLength];
      const id = body.toString('utf8', keyLength, idEnd);
      at += HEAD_BYTES + idEnd;
      yield { id, box, key, feature: body.subarray(idEnd), offset: at, idLength };
      at += length;
    }
  } finally {
    closeSync(file);
  }
}

/** More would meet the system's limit of open files. */
const OPEN_FILES = 200;

/** Spools read anywhere, by their number; the one opened first is closed when there are too many. */
export class SpoolFiles {
  readonly #paths: readonly string[];
  readonly #open = new Map<number, number>();

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  read(spool: number, offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    const read = readSync(this.#fileOf(spool), bytes, 0, length, offset);
    if (read !== length) throw new Error(`a spool of ${length} bytes at ${offset} ends after ${read}`);
    return bytes;
  }

  /** What names the feature in reports. */
  idOf({ spool, offset, idLength }: FeatureRef): string {
    return this.read(spool, offset - idLength, idLength).toString('utf8');
  }

  close(): void {
    for (const file of this.#open.values()) closeSync(file);
    this.#open.clear();
  }

  #fileOf(spool: number): number {
    const known = this.#open.get(spool);
    if (known !== undefined) return known;
    const [first] = this.#open;
    if (first !== undefined && this.#open.size >= OPEN_FILES) {
      closeSync(first[1]);
      this.#open.delete(first[0]);
    }
    const file = openSync(this.#paths[spool] ?? '', 'r');
    this.#open.set(spool, file);
    return file;
  }
}
