/**
 * The pages that hold the features of exact keys: the buckets at the addresses of the keys
 * name them. Refuses nothing by itself; a bucket that lacks a key proves that no feature has it.
 */
import { addressOf, BUCKET_BYTES, findInBucket, keyOf, keyOfIdu } from '../format/bucket.ts';
import type { IdBuckets } from '../format/catalogue.ts';
import type { Value } from '../format/feature-values.ts';
import { unsealBucket, type UnitRef } from '../format/unit.ts';
import type { Combination } from './combinations.ts';
import { indexFile, type Search } from './search.ts';

/** The key that `values` have; none when they name no one feature. */
export function idKey({ fields }: IdBuckets, values: Combination): string | undefined {
  const idu = values.get('idu');
  if (idu !== undefined) return keyOfIdu(String(idu));
  const all = fields.map((field) => values.get(field));
  return all.includes(undefined) ? undefined : keyOf(all as Value[]);
}

/** The pages that may hold the features of `keys`, each once. */
export async function idPages(search: Search, ids: IdBuckets, keys: readonly string[]): Promise<UnitRef[]> {
  const { reads, layer } = search;
  const { buckets } = ids;
  const file = indexFile(search);
  const pages = new Map<number, UnitRef>();
  let asked = keys.map((key) => addressOf(key, buckets));
  for (let i = 0; i < buckets && asked.length > 0; i++) {
    const places = asked.map(({ bucket }) => ids.offset + ((bucket + i) % buckets) * BUCKET_BYTES);
    const payloads = await reads.units(
      file,
      places.map((offset) => ({
        ...{ offset, length: BUCKET_BYTES },
        decode: (bytes: Uint8Array, name: string) => unsealBucket(bytes, offset, layer.index.salt, name),
      })),
    );
    asked = asked.filter(({ tag }, k) => {
      const { refs, spilled } = findInBucket(payloads[k] ?? new Uint8Array(), tag, file.path);
      for (const ref of refs) pages.set(ref.offset, ref);
      return spilled;
    });
  }
  return [...pages.values()];
}
