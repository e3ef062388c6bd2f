/**
 * The pages that hold the feature of an exact key: the bucket at the key's address names
 * them. Refuses nothing by itself; a bucket that lacks a key proves that no feature has it.
 */
import { addressOf, BUCKET_BYTES, findInBucket, keyOf } from '../format/bucket.ts';
import type { IdBuckets } from '../format/catalogue.ts';
import { unsealBucket, type UnitRef } from '../format/unit.ts';
import type { Combination } from './combinations.ts';
import { indexFile, type Search } from './search.ts';

/** The pages that may hold the features of `values`, which have all fields of the key. */
export async function idPages(search: Search, ids: IdBuckets, values: Combination): Promise<UnitRef[]> {
  const { reads, layer } = search;
  const { fields, buckets } = ids;
  const file = indexFile(search);
  const { bucket, tag } = addressOf(keyOf(fields.map((field) => values.get(field) ?? null)), buckets);
  const pages: UnitRef[] = [];
  for (let i = 0; i < buckets; i++) {
    const offset = ids.offset + ((bucket + i) % buckets) * BUCKET_BYTES;
    const decode = (bytes: Uint8Array, name: string): Uint8Array =>
      unsealBucket(bytes, offset, layer.index.salt, name);
    const [payload] = await reads.units(file, [{ offset, length: BUCKET_BYTES, decode }]);
    const { refs, spilled } = findInBucket(payload ?? new Uint8Array(), tag, file.path);
    pages.push(...refs);
    if (!spilled) break;
  }
  return pages;
}
