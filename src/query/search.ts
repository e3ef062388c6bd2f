/** What the ways to find features share: the question, the layer and the reads. */
import { inflate } from '../format/inflate.ts';
import type { PageFeature } from '../format/page.ts';
import { featuresPath, indexPath } from '../format/paths.ts';
import type { PageFiles } from '../format/places.ts';
import { unseal, type UnitRef } from '../format/unit.ts';
import type { Prepared } from '../geometry/prepare.ts';
import type { FileRef } from '../source/range.ts';
import type { Reads } from '../source/store.ts';
import type { AskedLayer, Question } from './parameters.ts';

export interface Search extends AskedLayer, Question {
  /** The question's shape; `null` without one. */
  readonly place: Prepared | null;
  readonly reads: Reads;
  /** Whether whoever asks may stop at any time. */
  readonly isStream: boolean;
}

/** A feature that answers the question; without `files` it needs none. */
export type Found = Omit<PageFeature, 'place'> & {
  readonly place: PageFeature['place'];
  readonly files?: PageFiles;
};

/** The index of a layer. */
export function indexFile({ name, layer: { index } }: AskedLayer): FileRef {
  return { path: indexPath(name, index.hash), length: index.length };
}

/** The file of the features of partition number `partition`. */
export function featuresFile(
  { name, layer }: AskedLayer,
  partition: number,
  { hash, length }: { readonly hash: string; readonly length: number },
): FileRef {
  return { path: featuresPath(name, layer.partitions[partition]?.id ?? '', hash), length };
}

/** The units at `refs` of the index, each checked, inflated and decoded. */
export function readUnits<R extends UnitRef, T>(
  search: Search,
  refs: readonly R[],
  decode: (raw: Uint8Array, name: string, ref: R) => T,
): Promise<T[]> {
  const { salt } = search.layer.index;
  return search.reads.units(
    indexFile(search),
    refs.map((ref) => ({
      offset: ref.offset,
      length: ref.length,
      decode: async (bytes: Uint8Array, name: string) =>
        decode(await inflate(unseal(bytes, ref, salt, name), name), name, ref),
    })),
  );
}
