/** What the ways to find features share: the question, the layer and the reads. */
import { corrupt } from '../format/corrupt.ts';
import { crc32 } from '../format/crc32.ts';
import { inflate } from '../format/inflate.ts';
import type { PageFeature } from '../format/page.ts';
import { featuresPath, indexPath } from '../format/paths.ts';
import type { PageFile, PageFiles } from '../format/places.ts';
import { readFeature, splitFeatures, type ReadFeature } from '../format/read-feature.ts';
import { unseal, type UnitRef } from '../format/unit.ts';
import type { Prepared } from '../geometry/prepare.ts';
import type { FileRef } from '../source/range.ts';
import type { Reads } from '../source/store.ts';
import type { AskedLayer, Question } from './parameters.ts';

export interface Search extends AskedLayer, Question {
  /** The question's shape; `null` without one. */
  readonly place: Prepared | null;
  readonly reads: Reads;
}

/** A feature that answers the question; `files` where it has a place. */
export interface Found extends PageFeature {
  readonly files?: PageFiles;
}

/** The index of a layer. */
export function indexFile({ name, layer: { index } }: Search): FileRef {
  return { path: indexPath(name, index.hash), length: index.length };
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
      ...{ offset: ref.offset, length: ref.length },
      decode: async (bytes: Uint8Array, name: string) =>
        decode(await inflate(unseal(bytes, ref, salt, name), name), name, ref),
    })),
  );
}

/** A run of features in the file of a partition, and the CRC-32 of its bytes. */
export interface Stretch {
  readonly partition: number;
  readonly file: PageFile;
  readonly offset: number;
  readonly length: number;
  readonly features: number;
  readonly crc: number;
}

/** The features of each of `stretches`: those of one file are read together. */
export async function readFeatures<S extends Stretch>(
  { name, layer, reads }: Search,
  stretches: readonly S[],
): Promise<Map<S, readonly ReadFeature[]>> {
  const values = new Map<S, readonly ReadFeature[]>();
  const read = async (partition: number): Promise<void> => {
    const own = stretches.filter((stretch) => stretch.partition === partition);
    const { hash = '', length = 0 } = own[0]?.file ?? {};
    const file = { path: featuresPath(name, layer.partitions[partition]?.id ?? '', hash), length };
    const wanted = own.map(({ offset, length, features, crc }) => ({
      ...{ offset, length, keep: false },
      // The same whoever asks, by place or by key, at once: it is shared.
      decode: (bytes: Uint8Array, path: string) =>
        crc32(bytes) === crc
          ? splitFeatures(bytes, features, path).map((one) => readFeature(one, layer, path))
          : corrupt(path, `checksum at byte ${offset}`),
    }));
    const all = await reads.units(file, wanted);
    own.forEach((stretch, i) => values.set(stretch, all[i] ?? []));
  };
  await Promise.all(Array.from(new Set(stretches.map(({ partition }) => partition)), read));
  return values;
}
