/** What the ways to find features share: the question, the layer and the reads. */
import { corrupt } from '../format/corrupt.ts';
import { crc32 } from '../format/crc32.ts';
import { inflate } from '../format/inflate.ts';
import type { PageFeature } from '../format/page.ts';
import { featuresPath, indexPath } from '../format/paths.ts';
import type { PageFile, PageFiles } from '../format/places.ts';
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

/** Bytes of a file of features, and their CRC-32. */
interface Stretch {
  readonly offset: number;
  readonly length: number;
  readonly crc: number;
}

/** The stretches at `refs` of the features of partition number `partition`, each checked and decoded. */
export function readFeatures<R extends Stretch, T>(
  { name, layer, reads }: Search,
  partition: number,
  { hash, length }: PageFile,
  refs: readonly R[],
  decode: (bytes: Uint8Array, name: string, ref: R) => T,
): Promise<T[]> {
  const path = featuresPath(name, layer.partitions[partition]?.id ?? '', hash);
  return reads.units(
    { path, length },
    refs.map((ref) => ({
      ...{ offset: ref.offset, length: ref.length, keep: false },
      decode: (bytes: Uint8Array, file: string) =>
        crc32(bytes) === ref.crc ? decode(bytes, file, ref) : corrupt(file, `checksum at byte ${ref.offset}`),
    })),
  );
}
