/**
 * Finds by exact key: the bucket at the key's address, then the pages that it names.
 * Refuses nothing by itself; a bucket that lacks a key proves that no feature has it.
 */
import { addressOf, BUCKET_BYTES, findInBucket, keyOf } from '../format/bucket.ts';
import type { IdBuckets } from '../format/catalogue.ts';
import type { Directory } from '../format/directory.ts';
import { unsealBucket, type UnitRef } from '../format/unit.ts';
import { byPlace, readPages } from './by-place.ts';
import type { Combination } from './combinations.ts';
import { testOf } from './filter.ts';
import { indexFile, type Found, type Search } from './search.ts';

/** The pages that may hold the features of a key. */
async function pagesOf(search: Search, ids: IdBuckets, values: Combination): Promise<UnitRef[]> {
  const { salt } = search.layer.index;
  const file = indexFile(search);
  const { bucket, tag } = addressOf(keyOf(ids.fields.map((field) => values.get(field) ?? null)), ids.buckets);
  const pages: UnitRef[] = [];
  for (let i = 0; i < ids.buckets; i++) {
    const offset = ids.offset + ((bucket + i) % ids.buckets) * BUCKET_BYTES;
    const decode = (bytes: Uint8Array, name: string): Uint8Array => unsealBucket(bytes, offset, salt, name);
    for (const payload of await search.reads.units(file, [{ offset, length: BUCKET_BYTES, decode }])) {
      const { refs, spilled } = findInBucket(payload, tag, file.path);
      pages.push(...refs);
      if (!spilled) return pages;
    }
  }
  return pages;
}

/** The features of any of `combinations`, each of which has all fields of the key. */
export async function* byId(
  search: Search,
  ids: IdBuckets,
  combinations: readonly Combination[],
  directories: readonly Directory[],
): AsyncGenerator<Found[]> {
  const refs = await Promise.all(combinations.map((values) => pagesOf(search, ids, values)));
  const pages = await readPages(search, [...new Map(refs.flat().map((ref) => [ref.offset, ref])).values()]);
  const found = new Map<string, Found>();
  for (const { features, files } of pages) {
    for (const feature of features.filter(testOf(search))) {
      found.set(`${feature.partition} ${feature.position}`, { ...feature, files });
    }
  }
  if (search.place === null) yield [...found.values()];
  // Where they are is known now: what the pages there hold is asked.
  else
    for (const { partition, position, shape, place } of found.values()) {
      for await (const met of byPlace(search, directories, (shape ?? place)?.box ?? null)) {
        yield met.filter((feature) => feature.partition === partition && feature.position === position);
      }
    }
}
