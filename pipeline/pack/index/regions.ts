/**
 * Directories: the leaves and pages of one region each. What keeps the root small: a
 * region begins at a code as round as can be had where its directory is nearly full, and
 * all but the last are filled up to one length. They are written when all pages are.
 */
import { encodeDirectory, type Directory, type DirectoryLeaf } from '../../../src/format/directory.ts';
import type { Region } from '../../../src/format/root.ts';
import type { UnitRef } from '../../../src/format/unit.ts';
import type { TemporaryFile } from '../temporary-file.ts';
import type { CoverageSearch } from './coverage.ts';
import { mostThatFit } from './fit.ts';
import type { WrittenRun } from './pages.ts';
import { endOf, endsOf, pagesIn, roundestOf, startOf } from './region-ends.ts';
import { deflate, deflateTo, SEAL_BYTES, type UnitFile } from './unit-file.ts';

/** Pages of a first directory; then what was learnt decides. */
const FIRST_TRY = 1000;
/** Of the leaves that fit: how many a region has at least. Fewer would make rounder regions, but more of them. */
const WINDOW = 0.92;

interface StoredDirectory {
  readonly start: number;
  readonly end: number;
  /** Bytes of the payload. */
  readonly length: number;
}

export interface RegionOptions {
  readonly directoryBytes: number;
  readonly coverage: CoverageSearch;
  /** Holds the directories until the pages are written. */
  readonly spool: TemporaryFile;
}

export class RegionWriter {
  readonly #options: RegionOptions;
  /** Of the region to come; `page` counts from the first of them. */
  #leaves: DirectoryLeaf[] = [];
  #pages: UnitRef[] = [];
  #nextTry = FIRST_TRY;
  readonly #stored: StoredDirectory[] = [];

  constructor(options: RegionOptions) {
    this.#options = options;
  }

  add({ leaves, ref }: WrittenRun): void {
    const page = this.#pages.length;
    let ordinal = 0;
    for (const { cell, entries } of leaves) {
      const isEmpty = entries.length === 0;
      this.#leaves.push(isEmpty ? { cell, page: -1, ordinal: -1 } : { cell, page, ordinal: ordinal++ });
    }
    if (ref !== null) this.#pages.push(ref);
    if (this.#pages.length >= this.#nextTry) this.#cut();
  }

  /** Writes the directories into `file`, and gives the root over them. */
  finish(file: UnitFile): Region[] {
    while (this.#leaves.length > 0) this.#cut(true);
    const { spool } = this.#options;
    spool.flush();
    let position = 0;
    return this.#stored.map(({ start, end, length }): Region => {
      const payload = new Uint8Array(length);
      spool.read(payload, position);
      position += length;
      return { start, end, ref: file.add(payload) };
    });
  }

  /** Ends a region where its directory is full; with `isLast`, also where it is not. */
  #cut(isLast = false): void {
    const all = this.#leaves.length;
    const size = this.#size(all);
    const target = this.#options.directoryBytes;
    if (size <= target) {
      if (isLast) this.#write(all, deflate(this.#encode(all)));
      else this.#nextTry = Math.ceil(this.#pages.length * Math.max(1.05, target / size));
      return;
    }
    const count = this.#best(target);
    this.#write(count, deflateTo(this.#encode(count), target - SEAL_BYTES));
    this.#nextTry = this.#pages.length + FIRST_TRY / 10;
  }

  /** How many leaves make a directory of the target or a little less, and end well; one page's at least. */
  #best(target: number): number {
    const ends = endsOf(this.#leaves);
    const most = mostThatFit(ends, (count) => this.#size(count) <= target);
    return roundestOf(ends.filter((end) => end <= most && end >= most * WINDOW), this.#leaves); // prettier-ignore
  }

  #directory(count: number): Directory {
    const leaves = this.#leaves.slice(0, count);
    const pages = this.#pages.slice(0, pagesIn(leaves));
    const [start, end] = [startOf(leaves), endOf(leaves)];
    return { coverage: this.#options.coverage(start, end), leaves, pages };
  }

  #encode(count: number): Uint8Array {
    return encodeDirectory(this.#directory(count));
  }

  /** Of the unit. */
  #size(count: number): number {
    return deflate(this.#encode(count)).length + SEAL_BYTES;
  }

  #write(count: number, payload: Uint8Array): void {
    const leaves = this.#leaves.slice(0, count);
    this.#options.spool.append(payload);
    this.#stored.push({ start: startOf(leaves), end: endOf(leaves), length: payload.length });
    const pages = pagesIn(leaves);
    this.#pages = this.#pages.slice(pages);
    this.#leaves = this.#leaves
      .slice(count)
      .map((leaf) => (leaf.page < 0 ? leaf : { ...leaf, page: leaf.page - pages }));
  }
}
