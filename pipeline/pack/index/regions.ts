/**
 * Directories: the leaves and pages of one region each, cut so that a directory stays
 * near its target and the region begins at a code as round as can be had, which keeps the
 * root small. They are written when all pages are.
 */
import { cellSpan, type Cell } from '../../../src/format/cells.ts';
import { encodeDirectory, type Directory, type DirectoryLeaf } from '../../../src/format/directory.ts';
import { encodeRoot, type Region } from '../../../src/format/root.ts';
import type { UnitRef } from '../../../src/format/unit.ts';
import type { TemporaryFile } from '../temporary-file.ts';
import type { CoverageSearch } from './coverage.ts';
import { mostThatFit } from './fit.ts';
import type { WrittenRun } from './pages.ts';
import { deflate, SEAL_BYTES, type UnitFile } from './unit-file.ts';

/** Pages of a first directory; then what was learnt decides. */
const FIRST_TRY = 1000;
/** Of the leaves that fit: where a region may end to end well. */
const WINDOW = 0.75;

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

  /** Writes the directories into `file`, and gives the root over them in base64. */
  finish(file: UnitFile): string {
    while (this.#leaves.length > 0) this.#cut(true);
    const { spool } = this.#options;
    spool.flush();
    let position = 0;
    const regions = this.#stored.map(({ start, end, length }): Region => {
      const payload = new Uint8Array(length);
      spool.read(payload, position);
      position += length;
      return { start, end, ref: file.add(payload) };
    });
    return Buffer.from(encodeRoot(regions)).toString('base64');
  }

  /** Ends a region where its directory is full; with `isLast`, also where it is not. */
  #cut(isLast = false): void {
    const all = this.#leaves.length;
    const size = this.#encode(all).length + SEAL_BYTES;
    const target = this.#options.directoryBytes;
    if (size <= target) {
      if (isLast) this.#write(all);
      else this.#nextTry = Math.ceil(this.#pages.length * Math.max(1.05, target / size));
      return;
    }
    this.#write(this.#roundest(this.#most(target)));
    this.#nextTry = this.#pages.length + FIRST_TRY / 10;
  }

  /** How many leaves at most make a directory of the target; one page's at least. */
  #most(target: number): number {
    return mostThatFit(this.#ends(), (count) => this.#encode(count).length + SEAL_BYTES <= target);
  }

  /** The numbers of leaves after which a page ends, or an empty leaf between two pages. */
  #ends(): number[] {
    const ends: number[] = [];
    let isOpen = false;
    for (let i = this.#leaves.length - 1; i >= 0; i--) {
      if (!isOpen) ends.push(i + 1);
      const { page, ordinal } = this.#leaves[i] ?? { page: -1, ordinal: -1 };
      if (page >= 0) isOpen = ordinal > 0;
    }
    return ends.reverse();
  }

  /** Of the ends up to `most` leaves, the one whose next leaf begins at the roundest code. */
  #roundest(most: number): number {
    let [best, roundness] = [most, -1];
    for (const end of this.#ends()) {
      if (end > most || end < most * WINDOW) continue;
      const level = roundnessOf(this.#leaves[end]?.cell);
      if (level >= roundness) [best, roundness] = [end, level];
    }
    return best;
  }

  #directory(count: number): Directory {
    const leaves = this.#leaves.slice(0, count);
    const pages = this.#pages.slice(0, pagesIn(leaves));
    const [start, end] = [startOf(leaves), endOf(leaves)];
    return { coverage: this.#options.coverage(start, end), leaves, pages };
  }

  #encode(count: number): Uint8Array {
    return deflate(encodeDirectory(this.#directory(count)));
  }

  #write(count: number): void {
    const leaves = this.#leaves.slice(0, count);
    const payload = this.#encode(count);
    this.#options.spool.append(payload);
    this.#stored.push({ start: startOf(leaves), end: endOf(leaves), length: payload.length });
    const pages = pagesIn(leaves);
    this.#pages = this.#pages.slice(pages);
    this.#leaves = this.#leaves
      .slice(count)
      .map((leaf) => (leaf.page < 0 ? leaf : { ...leaf, page: leaf.page - pages }));
  }
}

/** How many quarterings the code of a cell needs not be divided by: more is rounder. */
function roundnessOf(cell: Cell | undefined): number {
  if (cell === undefined) return Infinity;
  let level = cell.level;
  while (level > 0 && cell.start % cellSpan(level - 1) === 0) level--;
  return -level;
}

function pagesIn(leaves: readonly DirectoryLeaf[]): number {
  return leaves.reduce((most, { page }) => Math.max(most, page + 1), 0);
}

function startOf(leaves: readonly DirectoryLeaf[]): number {
  return leaves[0]?.cell.start ?? 0;
}

function endOf(leaves: readonly DirectoryLeaf[]): number {
  const last = leaves.at(-1)?.cell;
  return last === undefined ? 0 : last.start + cellSpan(last.level);
}
