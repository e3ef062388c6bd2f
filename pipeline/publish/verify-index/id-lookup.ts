/** Looks ids up in the buckets of an index, as a reader does. */
import { addressOf, BUCKET_BYTES, findInBucket } from '../../../src/format/bucket.ts';
import type { Field, IdBuckets } from '../../../src/format/catalogue.ts';
import { idKeysOf, type IdKeys } from '../../pack/index/id-keys.ts';
import { refuse } from './refuse.ts';
import type { Value } from '../../../src/format/feature-values.ts';
import { unsealBucket, type UnitRef } from '../../../src/format/unit.ts';
import type { IndexFile } from './index-file.ts';

/** Neighbours share buckets: these, 16 MiB of them, are mostly enough. */
const KEPT = 4096;

export class IdLookup {
  readonly #file: IndexFile;
  readonly #ids: IdBuckets;
  readonly #keysOf: IdKeys;
  readonly #kept = new Map<number, Uint8Array>();

  constructor(file: IndexFile, ids: IdBuckets, fields: readonly Field[]) {
    this.#file = file;
    this.#ids = ids;
    this.#keysOf = idKeysOf(fields, ids.fields);
  }

  /** Whether all keys of a feature of these values lead to `page`. */
  leadsTo(page: UnitRef, values: readonly Value[]): boolean {
    return this.#keysOf(values).every((key) =>
      this.#pagesOf(key).some(({ offset }) => offset === page.offset),
    );
  }

  #pagesOf(key: string): UnitRef[] {
    const { buckets } = this.#ids;
    const { bucket, tag } = addressOf(key, buckets);
    const pages: UnitRef[] = [];
    for (let i = 0; i < buckets; i++) {
      const found = findInBucket(this.#payload((bucket + i) % buckets), tag, this.#file.name);
      pages.push(...found.refs);
      if (!found.spilled) return pages;
    }
    return refuse(this.#file.name, 'every bucket of its ids is spilled');
  }

  /** Checks every bucket. */
  verifyAll(): void {
    for (let bucket = 0; bucket < this.#ids.buckets; bucket++)
      findInBucket(this.#read(bucket), 0, this.#file.name);
    this.#file.expect('the ids', this.#ids.offset, this.#ids.buckets * BUCKET_BYTES);
  }

  #payload(bucket: number): Uint8Array {
    const kept = this.#kept.get(bucket);
    if (kept !== undefined) return kept;
    const payload = this.#read(bucket);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= KEPT) this.#kept.delete(oldest);
    this.#kept.set(bucket, payload);
    return payload;
  }

  #read(bucket: number): Uint8Array {
    const offset = this.#ids.offset + bucket * BUCKET_BYTES;
    const { index, name } = this.#file;
    return unsealBucket(this.#file.bytes(offset, BUCKET_BYTES), offset, index.salt, name);
  }
}
