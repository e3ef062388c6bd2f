/**
 * A FlatGeobuf file opened: its head read and checked once, kept for the queries that
 * follow. Refuses to keep more heads than a bounded number, or anything of a read
 * that failed.
 */
import type { Partition } from '../format/catalogue.ts';
import { headerEnd, parseHead, type FlatGeobufLayout } from '../format/flatgeobuf.ts';
import type { RangeSource, TreeSource } from '../source/range.ts';

/** Fits the first flight of a new connection (14 kB), and holds a header and the upper index. */
const HEAD_BYTES = 12 * 1024;
/** Every département's parcels at once; little more than a megabyte. */
const MOST_HEADS = 128;

interface Head {
  readonly layout: FlatGeobufLayout;
  /** The first bytes of the file. */
  readonly bytes: Uint8Array;
}

/** Heads of files by their path, the last used ones. */
export class HeadCache {
  readonly #heads = new Map<string, Head>();

  get(path: string): Head | undefined {
    const head = this.#heads.get(path);
    if (head !== undefined) this.set(path, head);
    return head;
  }

  set(path: string, head: Head): void {
    // A map keeps the order of insertion: the first is the one used longest ago.
    this.#heads.delete(path);
    this.#heads.set(path, head);
    for (const oldest of this.#heads.keys()) {
      if (this.#heads.size <= MOST_HEADS) break;
      this.#heads.delete(oldest);
    }
  }
}

/** An opened file: reads within its head cost nothing. */
export interface OpenFile {
  readonly layout: FlatGeobufLayout;
  /** The bytes [start, end) of the file. */
  read(start: number, end: number, signal: AbortSignal | undefined): Promise<Uint8Array>;
}

async function readHead(
  source: RangeSource,
  partition: Partition,
  signal: AbortSignal | undefined,
): Promise<Head> {
  const { length } = partition.file;
  const file = { name: source.name, length, features: partition.features };
  let bytes = await source.read(0, Math.min(HEAD_BYTES, length), signal);
  const end = headerEnd(bytes, file);
  if (end > bytes.length) bytes = await source.read(0, end, signal);
  return { layout: parseHead(bytes, file), bytes };
}

/**
 * Opens the file of `partition`, from `heads` if it was opened before.
 * @throws CartoError `NotOurFile`, `CorruptFile`, or what the tree throws.
 */
export async function openFile(
  tree: TreeSource,
  partition: Partition,
  heads: HeadCache,
  signal: AbortSignal | undefined,
): Promise<OpenFile> {
  const { path, length } = partition.file;
  const source = tree.open(path, length);
  let head = heads.get(path);
  if (head === undefined) {
    head = await readHead(source, partition, signal);
    heads.set(path, head);
  }
  const { layout, bytes } = head;
  return {
    layout,
    read: async (start, end, signalOfRead) =>
      end <= bytes.length ? bytes.subarray(start, end) : source.read(start, end - start, signalOfRead),
  };
}
