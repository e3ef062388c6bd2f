/**
 * Fills buckets in order, each with what the one before could not take. What the last one
 * spills goes on in the first. Refuses ids that find no room even so.
 */
import { BUCKET_BYTES, encodeBucket, fitsInBucket, type Slot } from '../../../src/format/bucket.ts';
import type { UnitRef } from '../../../src/format/unit.ts';
import type { IdRecord } from './id-record.ts';
import type { UnitFile } from './unit-file.ts';

/** Buckets at the beginning that can still take what the last ones spill. */
const HEAD = 64;

/** A bucket being filled. */
class Filling {
  /** What did not fit. */
  readonly spilled: IdRecord[] = [];
  readonly #refs = new Map<number, { readonly number: number; readonly page: UnitRef }>();
  readonly #slots = new Map<string, Slot>();
  /** What it was begun with. */
  readonly added: readonly IdRecord[];

  constructor(first: readonly IdRecord[] = []) {
    this.added = first;
    for (const record of first) this.add(record);
  }

  add(record: IdRecord): void {
    const { tag, page } = record;
    const name = `${tag} ${page.offset}`;
    if (this.#slots.has(name)) return;
    const ref = this.#refs.get(page.offset)?.number ?? this.#refs.size;
    const refs = Math.max(this.#refs.size, ref + 1);
    if (!fitsInBucket(refs, this.#slots.size + 1)) {
      this.spilled.push(record);
      return;
    }
    this.#refs.set(page.offset, { number: ref, page });
    this.#slots.set(name, { tag, ref });
  }

  payload(): Uint8Array {
    const refs = Array.from(this.#refs.values(), ({ page }) => page);
    return encodeBucket({ refs, slots: [...this.#slots.values()], spilled: this.spilled.length > 0 });
  }
}

/** A record and the bucket that it belongs to. */
export interface Addressed {
  readonly bucket: number;
  readonly record: IdRecord;
}

/** Writes so many `buckets` into `file`, of `records` in the order of their buckets. */
export function writeBuckets(records: Iterable<Addressed>, file: UnitFile, buckets: number): void {
  const offset = file.length;
  const head: Filling[] = [];
  let [filling, bucket] = [new Filling(), 0];
  const end = (): void => {
    file.addBucket(filling.payload());
    if (bucket < HEAD) head.push(filling);
    filling = new Filling(filling.spilled);
    bucket += 1;
  };
  for (const { bucket: own, record } of records) {
    while (bucket < own) end();
    filling.add(record);
  }
  while (bucket < buckets) end();
  wrap(filling.added, head, file, offset);
}

/** What the last bucket spilled goes on in the first. */
function wrap(spilled: readonly IdRecord[], head: readonly Filling[], file: UnitFile, offset: number): void {
  let rest = spilled;
  for (let bucket = 0; rest.length > 0; bucket++) {
    const filling = head[bucket];
    if (filling === undefined) throw new Error(`${rest.length} ids find no room in their buckets`);
    const before = filling.spilled.length;
    for (const record of rest) filling.add(record);
    file.rewriteBucket(filling.payload(), offset + bucket * BUCKET_BYTES);
    rest = filling.spilled.slice(before);
  }
}
