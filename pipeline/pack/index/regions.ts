/**
 * Directories: the leaves and pages of one region each. Regions are cells, as large as the
 * target of a directory allows, so that the root says them in next to nothing; all
 * directories of a layer take the same room, so that it need not say where they stand.
 * They are written when all pages are.
 */
import { cellSpan, ROOT_CELL, type Cell } from '../../../src/format/cells.ts';
import {
  encodeDirectory,
  fillDirectory,
  type Directory,
  type DirectoryLeaf,
} from '../../../src/format/directory.ts';
import type { Region } from '../../../src/format/root.ts';
import type { UnitRef } from '../../../src/format/unit.ts';
import type { TemporaryFile } from '../temporary-file.ts';
import type { CoverageSearch } from './coverage.ts';
import type { WrittenRun } from './pages.ts';
import { deflate, type UnitFile } from './unit-file.ts';

/** Pages of a first directory; then what was learnt decides. */
const FIRST_TRY = 1000;
/** Of a directory as it is stored: the length of what is deflated, and the checksum. */
const OVERHEAD = 8;

interface StoredDirectory extends Cell {
  /** Deflated bytes. */
  readonly length: number;
}

export interface RegionOptions {
  readonly directoryBytes: number;
  readonly coverage: CoverageSearch;
  /** Holds the directories until the pages are written. */
  readonly spool: TemporaryFile;
}

/** The cells that could be the region that begins at `start`, the largest first. */
function* cellsFrom(start: number): Generator<Cell> {
  for (let { level } = ROOT_CELL; ; level++) if (start % cellSpan(level) === 0) yield { start, level };
}

/** How many pages `leaves` are in, which begin in the first page. */
function pagesIn(leaves: readonly DirectoryLeaf[]): number {
  return leaves.reduce((most, { page }) => Math.max(most, page + 1), 0);
}

export class RegionWriter {
  readonly #options: RegionOptions;
  /** Of the regions to come; `page` counts from the first of `#pages`. */
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
  finish(file: UnitFile): { readonly root: Region[]; readonly directoryBytes: number } {
    while (this.#leaves.length > 0) this.#writeRegion();
    const { spool } = this.#options;
    spool.flush();
    const room = OVERHEAD + this.#stored.reduce((most, { length }) => Math.max(most, length), 0);
    let position = 0;
    const root = this.#stored.map(({ start, level, length }): Region => {
      const [offset, deflated] = [file.length, new Uint8Array(length)];
      spool.read(deflated, position);
      position += length;
      file.addBucket(fillDirectory(deflated, room));
      return { start, level, offset };
    });
    return { root, directoryBytes: room };
  }

  /** Writes regions as long as what is pending is more than one. */
  #cut(): void {
    const target = this.#options.directoryBytes;
    // What they cover comes on top: what is too large without it is so with it.
    const sizeOfAll = (): number => this.#encode(this.#leaves, []).length + OVERHEAD;
    let size = sizeOfAll();
    for (; size > target; size = sizeOfAll()) this.#writeRegion();
    this.#nextTry = Math.ceil(this.#pages.length * Math.min(2, Math.max(1.05, target / size))) + 1;
  }

  /** Writes the directory of the largest cell that fits, or of one leaf. */
  #writeRegion(): void {
    const { start } = this.#leaves[0]?.cell ?? ROOT_CELL;
    for (const cell of cellsFrom(start)) {
      const leaves = this.#leavesIn(cell);
      if (leaves === null) continue;
      const deflated = this.#encode(leaves, this.#options.coverage(cell));
      const fits = deflated.length + OVERHEAD <= this.#options.directoryBytes;
      if (!fits && leaves.length > 1) continue;
      this.#store(cell, leaves.length, deflated);
      return;
    }
  }

  /** The leaves of `cell`; `null` when some are still to come, so that it would not fit. */
  #leavesIn({ start, level }: Cell): DirectoryLeaf[] | null {
    const end = start + cellSpan(level);
    const last = this.#leaves.at(-1)?.cell ?? ROOT_CELL;
    if (last.start + cellSpan(last.level) < end) return null;
    return this.#leaves.filter(({ cell }) => cell.start < end);
  }

  #encode(leaves: readonly DirectoryLeaf[], coverage: Directory['coverage']): Uint8Array {
    return deflate(encodeDirectory({ coverage, leaves, pages: this.#pages.slice(0, pagesIn(leaves)) }));
  }

  #store(cell: Cell, count: number, deflated: Uint8Array): void {
    this.#options.spool.append(deflated);
    this.#stored.push({ ...cell, length: deflated.length });
    const leaves = this.#leaves.slice(count);
    // The last page may go on in the region to come.
    const first = leaves.find(({ page }) => page >= 0)?.page ?? this.#pages.length;
    this.#pages = this.#pages.slice(first);
    this.#leaves = leaves.map((leaf) => (leaf.page < 0 ? leaf : { ...leaf, page: leaf.page - first }));
  }
}
