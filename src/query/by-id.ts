/**
 * Finds by exact key: the bucket at the key's address, then the pages that it names.
 * Refuses nothing by itself; a bucket that lacks a key proves that no feature has it.
 */
import type { IdBuckets } from '../format/catalogue.ts';
import { addressOf, BUCKET_BYTES, findInBucket, keyOf } from '../format/bucket.ts';
import type { Directory } from '../format/directory.ts';
import { unsealBucket, type UnitRef } from '../format/unit.ts';
import { byPlace, foundIn, pageUnit } from './by-place.ts';
import type { Combination } from './combinations.ts';
import { testOf } from './filter.ts';
import { indexFile, type Found, type Search } from './search.ts';

/** The pages that may hold the features of a key. */
async function pagesOf({ asked, reads }: Search, ids: IdBuckets, values: Combination): Promise<UnitRef[]> {
  const { salt } = asked.layer.index;
  const file = indexFile(asked);
  const key = keyOf(ids.fields.map((field) => values.get(field) ?? null));
  const { bucket, tag } = addressOf(key, ids.buckets);
  const pages: UnitRef[] = [];
  for (let i = 0; i < ids.buckets; i++) {
    const offset = ids.offset + ((bucket + i) % ids.buckets) * BUCKET_BYTES;
    const decode = (bytes: Uint8Array, name: string): Uint8Array => unsealBucket(bytes, offset, salt, name);
    const [payload = new Uint8Array()] = await reads.units(file, [{ offset, length: BUCKET_BYTES, decode }]);
    const { refs, spilled } = findInBucket(payload, tag, file.path);
    pages.push(...refs);
    if (!spilled) break;
  }
  return pages;
}

/** Those of `found` that the question's place meets: of large features what its leaves hold is asked. */
async function meeting(
  search: Search,
  found: readonly Found[],
  directories: readonly Directory[],
): Promise<Found[]> {
  const { place } = search;
  if (place === null) return [...found];
  const met: Found[] = [];
  for (const feature of found) {
    if (feature.place === null) {
      if (feature.shape !== null && place.intersects(feature.shape)) met.push(feature);
      continue;
    }
    for await (const others of byPlace(search, directories, feature.place.box)) {
      met.push(...others.filter((o) => o.partition === feature.partition && o.position === feature.position));
    }
  }
  return met;
}

/** The features of any of `combinations`, each of which has all fields of the key. */
export async function* byId(
  search: Search,
  ids: IdBuckets,
  combinations: readonly Combination[],
  directories: readonly Directory[],
): AsyncGenerator<Found[]> {
  const { asked, question, reads } = search;
  const refs = (await Promise.all(combinations.map((values) => pagesOf(search, ids, values)))).flat();
  const distinct = new Map(refs.map((ref) => [ref.offset, ref]));
  const pages = await reads.units(
    indexFile(asked),
    [...distinct.values()].map((ref) => pageUnit(search, ref)),
  );
  const found = new Map<string, Found>();
  for (const page of pages) {
    for (const feature of page.features.filter(testOf(question.filters, asked.layer.fields))) {
      found.set(`${feature.partition} ${feature.position}`, foundIn(search, page, feature));
    }
  }
  yield meeting(search, [...found.values()], directories);
}
