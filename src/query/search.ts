/** What the ways to find features share: the question, the layer and the reads. */
import type { LayerIndex } from '../format/catalogue.ts';
import type { Value } from '../format/feature-values.ts';
import { inflate } from '../format/inflate.ts';
import { featuresPath, indexPath } from '../format/paths.ts';
import type { FeaturePlace } from '../format/places.ts';
import { unseal, type UnitRef } from '../format/unit.ts';
import type { Prepared } from '../geometry/prepare.ts';
import type { Shape } from '../geometry/shape.ts';
import type { FileRef } from '../source/range.ts';
import type { Reads, Wanted } from '../source/store.ts';
import type { AskedLayer, Question } from './parameters.ts';

export interface Search {
  readonly asked: AskedLayer;
  readonly question: Question;
  /** The question's shape; `null` without one. */
  readonly place: Prepared | null;
  readonly reads: Reads;
  /** Whether whoever asks may stop at any time. */
  readonly isStream: boolean;
}

/** A feature that answers the question. */
export interface Found {
  /** The number of its partition. */
  readonly partition: number;
  /** Which of the features in its partition's file it is. */
  readonly position: number;
  /** In the order of the layer's fields. */
  readonly values: readonly Value[];
  /** `null` without a place, or when it must be read from its file. */
  readonly shape: Shape | null;
  readonly place: (FeaturePlace & { readonly file: FileRef }) | null;
}

/** The index of a layer. */
export function indexFile({ name, layer }: AskedLayer): FileRef {
  return { path: indexPath(name, layer.index.hash), length: layer.index.length };
}

/** The file of the features of partition number `partition`. */
export function featuresFile(
  { name, layer }: AskedLayer,
  partition: number,
  { hash, length }: { readonly hash: string; readonly length: number },
): FileRef {
  return { path: featuresPath(name, layer.partitions[partition]?.id ?? '', hash), length };
}

/** The unit at `ref`, its checksum checked, inflated and decoded. */
export function unit<T>(
  { salt }: LayerIndex,
  ref: UnitRef,
  decode: (raw: Uint8Array, name: string) => T,
): Wanted<T> {
  return {
    offset: ref.offset,
    length: ref.length,
    decode: async (bytes, name) => decode(await inflate(unseal(bytes, ref, salt, name), name), name),
  };
}
