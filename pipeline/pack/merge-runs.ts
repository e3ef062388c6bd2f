/**
 * Merges sorted runs of one file, reading each a chunk ahead. Where they are too many for
 * the memory allowed, they are first merged into fewer.
 */
import { RECORD_HEAD, recordAt, recordBytes, type SortRecord } from './sort-buffer.ts';
import { TemporaryFile } from './temporary-file.ts';

/** Where a sorted run lies in its file, in bytes. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** Less would make each read cost more than what it brings. */
const LEAST_CHUNK = 1 << 15;
const MOST_CHUNK = 1 << 20;
const MOST_RUNS = 64;

function fanIn(memory: number): number {
  return Math.max(2, Math.min(MOST_RUNS, Math.floor(memory / LEAST_CHUNK) - 1));
}

/** Goes through a run record by record. */
class RunReader {
  record: SortRecord | null = null;
  /** The whole record, its head included. */
  bytes: Uint8Array = new Uint8Array();
  readonly #file: TemporaryFile;
  readonly #end: number;
  #buffer: Buffer;
  #filled = 0;
  #at = 0;
  #position: number;

  constructor(file: TemporaryFile, { start, end }: Run, chunk: number) {
    this.#file = file;
    this.#position = start;
    this.#end = end;
    this.#buffer = Buffer.allocUnsafe(Math.min(chunk, end - start));
    this.next();
  }

  next(): void {
    this.#need(RECORD_HEAD);
    if (this.#at === this.#filled) {
      this.record = null;
      return;
    }
    const length = recordBytes(this.#buffer, this.#at);
    this.#need(length);
    this.record = recordAt(this.#buffer, this.#at);
    this.bytes = this.#buffer.subarray(this.#at, this.#at + length);
    this.#at += length;
  }

  /** Has `length` bytes in the buffer, or all that are left. */
  #need(length: number): void {
    const held = this.#filled - this.#at;
    if (held >= length || this.#position === this.#end) return;
    const target = length > this.#buffer.length ? Buffer.allocUnsafe(length) : this.#buffer;
    this.#buffer.copy(target, 0, this.#at, this.#filled);
    this.#buffer = target;
    const more = Math.min(target.length - held, this.#end - this.#position);
    if (this.#file.read(target.subarray(held, held + more), this.#position) !== more) {
      throw new Error(`a temporary file ends before ${this.#position + more}`);
    }
    this.#position += more;
    this.#at = 0;
    this.#filled = held + more;
  }
}

/** Whether `a` comes before `b`; of equal ones the earlier run does, by `isEarlier`. */
function isBefore(a: RunReader, b: RunReader, isEarlier: boolean): boolean {
  if (a.record === null || b.record === null) return b.record === null;
  const order = Buffer.compare(a.record.key, b.record.key);
  return order < 0 || (order === 0 && isEarlier);
}

interface Entrant {
  readonly reader: RunReader;
  readonly run: number;
}

/** Puts `entrant` into `queue`, the next one last, by halving. */
function enqueue(queue: Entrant[], entrant: Entrant): void {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = queue[middle];
    if (other === undefined) break;
    if (isBefore(entrant.reader, other.reader, entrant.run < other.run)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, entrant);
}

/** The reader of the run whose record is next, again and again. */
function* inOrder(file: TemporaryFile, runs: readonly Run[], chunk: number): Generator<RunReader> {
  const queue: Entrant[] = [];
  runs.forEach((run, i) => {
    enqueue(queue, { reader: new RunReader(file, run, chunk), run: i });
  });
  for (let first = queue.pop(); first !== undefined; first = queue.pop()) {
    if (first.reader.record === null) continue;
    yield first.reader;
    first.reader.next();
    enqueue(queue, first);
  }
}

function chunkFor(memory: number, runs: number): number {
  return Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, Math.floor(memory / (runs + 1))));
}

/** All records of `runs`, no more than can be read at once; each is valid until the next one. */
export function* mergedRuns(
  file: TemporaryFile,
  runs: readonly Run[],
  memory: number,
): Generator<SortRecord> {
  for (const { record } of inOrder(file, runs, chunkFor(memory, runs.length))) {
    if (record !== null) yield record;
  }
}

/** Merges `runs` into fewer, in a new file; `null` when they can be read at once as they are. */
export function mergeToFew(
  file: TemporaryFile,
  runs: readonly Run[],
  folder: string,
  memory: number,
): { readonly file: TemporaryFile; readonly runs: readonly Run[] } | null {
  const most = fanIn(memory);
  if (runs.length <= most) return null;
  const target = new TemporaryFile(folder);
  const merged: Run[] = [];
  for (let i = 0; i < runs.length; i += most) {
    const start = target.length;
    for (const { bytes } of inOrder(file, runs.slice(i, i + most), chunkFor(memory, most))) {
      target.append(bytes);
    }
    merged.push({ start, end: target.length });
  }
  target.flush();
  return { file: target, runs: merged };
}
