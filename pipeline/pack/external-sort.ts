/**
 * Sorts more records than memory holds: runs sorted in memory, written to a temporary
 * file, merged a bounded number at a time. Records of equal keys keep the order in which
 * they were added. Holds at most about `memory` bytes, or one record where that is more.
 */
import { mergedRuns, mergeToFew, type Run } from './merge-runs.ts';
import { SortBuffer, type SortRecord } from './sort-buffer.ts';
import { TemporaryFile } from './temporary-file.ts';

export type { SortRecord } from './sort-buffer.ts';

export interface SortOptions {
  /** Where temporary files are made; it is made where it is missing. */
  readonly folder: string;
  /** Bytes. */
  readonly memory: number;
}

export class ExternalSorter {
  readonly #options: SortOptions;
  readonly #buffer: SortBuffer;
  #file: TemporaryFile | null = null;
  readonly #runs: Run[] = [];

  constructor(options: SortOptions) {
    this.#options = options;
    this.#buffer = new SortBuffer(options.memory);
  }

  /** Keys are compared byte by byte; both are copied. */
  add(key: Uint8Array, value: Uint8Array): void {
    if (!this.#buffer.fits(key.length + value.length)) this.#spill();
    this.#buffer.add(key, value);
  }

  /** All records in the order of their keys; each is valid until the next one. Then closes. */
  *sorted(): Generator<SortRecord> {
    try {
      if (this.#file === null) yield* this.#buffer.sorted();
      else yield* this.#merged();
    } finally {
      this.close();
    }
  }

  /** Lets go of memory and of the file; once closed, it stays so. */
  close(): void {
    this.#buffer.release();
    this.#file?.close();
    this.#file = null;
  }

  *#merged(): Generator<SortRecord> {
    this.#spill();
    this.#buffer.release();
    const { folder, memory } = this.#options;
    while (this.#file !== null && this.#runs.length > 1) {
      const few = mergeToFew(this.#file, this.#runs, folder, memory);
      if (few === null) break;
      this.#file.close();
      this.#file = few.file;
      this.#runs.splice(0, this.#runs.length, ...few.runs);
    }
    if (this.#file !== null) yield* mergedRuns(this.#file, this.#runs, memory);
  }

  #spill(): void {
    if (this.#buffer.count === 0) return;
    this.#file ??= new TemporaryFile(this.#options.folder);
    const start = this.#file.length;
    for (const bytes of this.#buffer.sortedBytes()) this.#file.append(bytes);
    this.#runs.push({ start, end: this.#file.length });
    this.#file.flush();
    this.#buffer.clear();
  }
}
