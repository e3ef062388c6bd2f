/**
 * The catalogue: the one mutable file of a published tree. It names every other file by
 * its content, so that one answer never mixes two vintages, and holds the roots of the
 * indexes, so that a first question needs no more than two reads after it. Every byte of
 * it is paid by every first question: what only tools need stands in the manifest.
 */
import type { Region } from './root.ts';

/** Raised when a reader of the old number could misread the new tree. */
export const CATALOGUE_FORMAT = 2;

export type ModuleName = 'aoc' | 'codes-postaux' | 'cadastre' | 'gpu';

export type FieldType = 'string' | 'integer' | 'number' | 'boolean';

/** A property of a layer's features; each may be null. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
}

/** What the features of a layer are; `null` for rows without a place. */
export type LayerGeometry = 'MultiPolygon' | 'MultiLineString' | 'MultiPoint' | null;

/** A file of the tree. `path` is relative to the catalogue and holds the head of `sha256`. */
export interface PublishedFile {
  readonly path: string;
  /** Bytes. */
  readonly length: number;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
}

/** Where the rows of a partition come from, as it must be credited. */
export interface Provenance {
  /** The format that was read, such as `inao` or `parcellaire-express`. */
  readonly source: string;
  /** The producer's edition, a date where there is one. */
  readonly vintage: string;
  readonly producer: string;
  readonly licence: string;
  readonly attribution: string;
}

/** The exact keys of a layer, in buckets at computed addresses. */
export interface IdBuckets {
  /** Whose values, joined, are the key. */
  readonly fields: readonly string[];
  /** Byte of the first bucket in the index. */
  readonly offset: number;
  readonly buckets: number;
}

/** The directory of the sorted keys of a layer, and where its leaves begin. */
export interface KeyDirectoryRef {
  /** By which the features of each partition are ordered; none: by place alone. */
  readonly fields: readonly string[];
  readonly offset: number;
  readonly length: number;
  readonly check: number;
  /** Byte of the first leaf in the index. */
  readonly leaves: number;
}

/** The index of a layer: `data/<layer>.<hash>.idx`; docs/format.md says what is in it. */
export interface LayerIndex {
  /** The first 16 hexadecimal digits of its sha256. */
  readonly hash: string;
  /** Bytes. */
  readonly length: number;
  /** Goes into every checksum, so that a unit of another vintage never passes. */
  readonly salt: number;
  /** Bytes of all pages together: what reading them all would cost. */
  readonly pages: number;
  /** Byte of the first directory. */
  readonly directories: number;
  /** Bytes of each. */
  readonly directoryBytes: number;
  /** Its regions; `null` for rows without a place. */
  readonly root: readonly Region[] | null;
  /** `null` where no fields name one feature. */
  readonly ids: IdBuckets | null;
  readonly keys: KeyDirectoryRef;
}

/** A part of a layer that is built by itself. */
export interface LayerPartition {
  /** `france`, or a département (`21`, `974`). */
  readonly id: string;
  readonly provenance: readonly Provenance[];
}

/** What a layer has, and how its features are found. */
export interface Layer {
  readonly geometry: LayerGeometry;
  readonly fields: readonly Field[];
  /** How many, each once. */
  readonly features: number;
  /** In the order of their numbers in the index. */
  readonly partitions: readonly LayerPartition[];
  readonly index: LayerIndex;
}

/** The list of the tables of postal codes, and what they come from. */
export interface PostalCodes {
  readonly file: PublishedFile;
  /** Of the whole file: what readers check it by. */
  readonly crc32: number;
  readonly provenance: readonly Provenance[];
}

/** A tree as queries need it. */
export interface Catalogue {
  readonly format: typeof CATALOGUE_FORMAT;
  /** What the tree covers, in words. */
  readonly territory: string;
  readonly manifest: PublishedFile;
  /** By layer name: the route of API Carto, `-bdp` added for BD Parcellaire's variants. */
  readonly layers: Readonly<Record<string, Layer>>;
  readonly codesPostaux: PostalCodes | null;
  /** The path of each module's tile archive. */
  readonly tiles: Readonly<Partial<Record<ModuleName, string>>>;
}
