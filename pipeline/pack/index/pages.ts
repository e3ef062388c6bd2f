/**
 * Leaves become pages: consecutive ones share a page as long as it stays near its target,
 * by what pages so far made of the costs of their features. A leaf that alone would make
 * a page too large is split further, where that helps.
 */
import type { UnitRef } from '../../../src/format/unit.ts';
import { encodeRun, identity, type EncodedPage, type Leaf, type PageLayer } from './page-run.ts';
import { deflate, SEAL_BYTES, type UnitFile } from './unit-file.ts';

/** What the leaves of a page are, and where it stands; `ref` is `null` for a run of empty leaves. */
export interface WrittenRun {
  readonly leaves: readonly Leaf[];
  readonly ref: UnitRef | null;
  readonly page: EncodedPage | null;
}

export interface PageOptions {
  readonly layer: PageLayer;
  readonly file: UnitFile;
  readonly pageBytes: number;
  /** Splits a leaf into smaller ones; `null` where that does not help. */
  readonly split: (leaf: Leaf) => readonly Leaf[] | null;
  /** Told of every run in order. */
  readonly onRun: (run: WrittenRun) => void;
}

/** Of the target: what a page may have where its estimate was too low. */
const TOLERANCE = 1.12;
/** How much of what was learnt stays after each page. */
const MEMORY = 0.75;

export class PageWriter {
  readonly #options: PageOptions;
  #pending: Leaf[] = [];
  readonly #held = new Set<number>();
  #cost = 0;
  /** Stored bytes to one of cost. */
  #ratio = 0.6;

  constructor(options: PageOptions) {
    this.#options = options;
  }

  /** Stored bytes that so much cost will make. */
  estimate(cost: number): number {
    return cost * this.#ratio;
  }

  add(leaf: Leaf): void {
    this.#pending.push(leaf);
    this.#cost += this.#costOf(leaf);
    while (this.estimate(this.#cost) > this.#options.pageBytes) this.#writePage();
  }

  /** Writes what is pending. */
  finish(): void {
    while (this.#pending.length > 0) this.#writePage();
  }

  /** What `leaf` adds to the cost of those before it; holds its features. */
  #costOf({ entries }: Leaf): number {
    let cost = 0;
    for (const { feature, cost: whole } of entries) {
      const number = identity(feature);
      cost += this.#held.has(number) ? whole - feature.cost : whole;
      this.#held.add(number);
    }
    return cost;
  }

  /** Writes the first leaves as a page, as many as fit. */
  #writePage(): void {
    let [count, cost] = this.#fitting(this.#ratio);
    for (;;) {
      const leaves = this.#pending.slice(0, count);
      if (leaves.every(({ entries }) => entries.length === 0)) {
        this.#take(count, { leaves, ref: null, page: null });
        return;
      }
      const page = encodeRun(leaves, this.#options.layer);
      const payload = deflate(page.raw);
      const stored = payload.length + SEAL_BYTES;
      const isFit = stored <= this.#options.pageBytes * TOLERANCE;
      if (isFit || (count === this.#first() && !this.#splitAt(count - 1))) {
        this.#ratio = MEMORY * this.#ratio + (1 - MEMORY) * (stored / cost);
        this.#take(count, { leaves, ref: this.#options.file.add(payload), page });
        return;
      }
      [count, cost] = this.#fitting(stored / cost, count - 1);
    }
  }

  /** How many leaves at least make a page: up to the first that is not empty. */
  #first(): number {
    const first = this.#pending.findIndex(({ entries }) => entries.length > 0);
    return first < 0 ? this.#pending.length : first + 1;
  }

  /** How many of the first `most` leaves make a page of the target at `ratio`, and their cost. */
  #fitting(ratio: number, most = this.#pending.length): [count: number, cost: number] {
    this.#held.clear();
    let [count, cost] = [0, 0];
    for (const leaf of this.#pending) {
      const more = this.#costOf(leaf);
      const isTooMuch = (cost + more) * ratio > this.#options.pageBytes || count >= most;
      if (isTooMuch && count >= this.#first()) break;
      cost += more;
      count += 1;
    }
    return [count, cost];
  }

  /** Puts what the leaf at `index` splits into in its place; false where that does not help. */
  #splitAt(index: number): boolean {
    const leaf = this.#pending[index];
    const smaller = leaf === undefined ? null : this.#options.split(leaf);
    if (smaller === null) return false;
    this.#pending.splice(index, 1, ...smaller);
    return true;
  }

  #take(count: number, run: WrittenRun): void {
    this.#options.onRun(run);
    this.#pending = this.#pending.slice(count);
    this.#held.clear();
    this.#cost = this.#pending.reduce((sum, leaf) => sum + this.#costOf(leaf), 0);
  }
}
