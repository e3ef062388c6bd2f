/**
 * Bins: entries put aside by cell. They stay in memory while all of a store together take
 * no more than it allows; then all go to its file, which needs no name.
 */
import { TemporaryFile } from '../temporary-file.ts';
import { chunkOf, type Chunk } from './chunk.ts';
import { decodeEntries, encodeEntry, entryBytes } from './entry-codec.ts';
import type { Entry } from './entry.ts';

/** Bytes of a first block, and the most that later ones grow to. */
const [LEAST_BLOCK, MOST_BLOCK] = [1 << 11, 1 << 18];
/** What an entry takes in memory beside its bytes. */
const ENTRY_OVERHEAD = 400;

interface Block {
  /** Byte in the file. */
  readonly offset: number;
  readonly length: number;
}

/** A block being filled. */
interface Page {
  readonly chunk: Chunk;
  length: number;
}

export class Bin {
  /** Bytes that its entries take in memory when they are all there. */
  weight = 0;
  readonly #store: BinStore;
  readonly #blocks: Block[] = [];
  #pages: Page[] = [];

  constructor(store: BinStore) {
    this.#store = store;
  }

  add(entry: Entry): void {
    const length = entryBytes(entry);
    const page = this.#pageFor(length);
    encodeEntry(entry, length, page.chunk, page.length);
    page.length += length;
    this.weight += length + ENTRY_OVERHEAD;
    this.#store.makeRoom();
  }

  /** All entries, in the order in which they were added; may be asked again. */
  *entries(): Generator<Entry> {
    for (const { offset, length } of this.#blocks) {
      const bytes = Buffer.allocUnsafe(length);
      this.#store.read(bytes, offset);
      yield* decodeEntries(chunkOf(bytes));
    }
    for (const { chunk, length } of this.#pages) {
      yield* decodeEntries(chunkOf(chunk.bytes.subarray(0, length)));
    }
  }

  /** Writes what is in memory. */
  spill(): void {
    for (const { chunk, length } of this.#pages) {
      this.#blocks.push({ offset: this.#store.write(chunk.bytes.subarray(0, length)), length });
    }
    this.#pages = [];
  }

  #pageFor(length: number): Page {
    const last = this.#pages.at(-1);
    if (last !== undefined && last.length + length <= last.chunk.bytes.length) return last;
    const size = Math.min(MOST_BLOCK, 2 * (last?.chunk.bytes.length ?? LEAST_BLOCK / 2));
    const page = { chunk: chunkOf(Buffer.allocUnsafeSlow(Math.max(size, length))), length: 0 };
    this.#store.hold(page.chunk.bytes.length);
    this.#pages.push(page);
    return page;
  }
}

export class BinStore {
  readonly #bins: Bin[] = [];
  readonly #folder: string;
  readonly #memory: number;
  #held = 0;
  #file: TemporaryFile | null = null;

  constructor(folder: string, memory: number) {
    this.#folder = folder;
    this.#memory = memory;
  }

  bin(): Bin {
    const bin = new Bin(this);
    this.#bins.push(bin);
    return bin;
  }

  /** Counts bytes that a bin holds in memory. */
  hold(bytes: number): void {
    this.#held += bytes;
  }

  makeRoom(): void {
    if (this.#held > this.#memory) this.#spill();
  }

  /** All have been added: memory is for others now, unless everything fits in. */
  finish(): void {
    if (this.#file === null) return;
    this.#spill();
    this.#file.flush();
  }

  /** Where `bytes` now are in the file. */
  write(bytes: Uint8Array): number {
    this.#file ??= new TemporaryFile(this.#folder);
    const offset = this.#file.length;
    this.#file.append(bytes);
    return offset;
  }

  read(target: Uint8Array, offset: number): void {
    const read = this.#file?.read(target, offset) ?? 0;
    if (read !== target.length) throw new Error(`a temporary file ends at byte ${offset + read}`);
  }

  close(): void {
    this.#file?.close();
  }

  #spill(): void {
    for (const bin of this.#bins) bin.spill();
    this.#held = 0;
  }
}
