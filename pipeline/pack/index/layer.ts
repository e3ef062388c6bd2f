/** What is to be indexed, and how. */
import type { Field, LayerGeometry } from '../../../src/format/catalogue.ts';
import type { Box } from '../../../src/geometry/lattice.ts';

export interface IndexedPartition {
  readonly id: string;
  /** Of its .fgb. */
  readonly path: string;
  /** The first 16 hexadecimal digits of the sha256 of the .fgb. */
  readonly hash: string;
  /** Degrees. */
  readonly coverage: readonly Box[];
}

export interface IndexInput {
  readonly layer: string;
  readonly geometry: LayerGeometry;
  readonly fields: readonly Field[];
  /** The fields by which the features of each partition are ordered. */
  readonly keys: readonly string[];
  /** The fields whose values together name a feature; `null` where none do. */
  readonly ids: readonly string[] | null;
  /** In the order of their numbers. */
  readonly partitions: readonly IndexedPartition[];
}

export interface IndexOptions {
  /** Bytes that the features held at once may take; the bytes written do not depend on it. */
  readonly memory?: number;
  /** Stored bytes that a page should have. */
  readonly pageBytes?: number;
  readonly directoryBytes?: number;
  /** The folder for temporary files: that of the target where it is left out. */
  readonly work?: string;
  /** Of a page: what a leaf may take. */
  readonly leafFraction?: number;
  /** Bytes of geometry up to which a page holds a feature whole. */
  readonly wholeBytes?: number;
}
