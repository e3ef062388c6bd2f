/**
 * What one query may ask of an opened tree. Every read is checked, counted against the
 * ceilings of the query before it is made, and shared with whoever asks for the same.
 */
import type { Span } from './merge.ts';
import type { FileRef } from './range.ts';

/** A unit of a file. */
export interface Wanted<T> extends Span {
  /**
   * Checks and decodes exactly these bytes.
   * @throws CartoError `CorruptFile`: the unit is then read once more, past every cache.
   */
  readonly decode: (bytes: Uint8Array, name: string) => T | Promise<T>;
  /** `false`: the decoded value is not kept for the queries that follow. */
  readonly keep?: boolean | undefined;
}

/** A file read whole. Without a length it is neither checked nor kept: the catalogue. */
export interface WholeFile {
  readonly path: string;
  readonly length?: number | undefined;
  /** In hexadecimal. */
  readonly sha256?: string | undefined;
}

export interface Reads {
  /** Made by this query so far, second attempts included; what another query pays is not counted. */
  readonly requests: number;
  /** Asked for by those requests. */
  readonly bytes: number;
  /** The caller's; never aborted when there is none. */
  readonly signal: AbortSignal;
  /**
   * Units of one file, in the order asked. Near ones share a request, far ones are asked
   * for at once, the same unit is read once for all queries and kept decoded.
   * @throws CartoError, or the reason of the signal.
   */
  units<T>(file: FileRef, wanted: readonly Wanted<T>[]): Promise<T[]>;
  /** The same one after the other, for many: reads ahead by more and more, keeps nothing. */
  stream<T>(file: FileRef, wanted: Iterable<Wanted<T>> | AsyncIterable<Wanted<T>>): AsyncGenerator<T>;
  whole(file: WholeFile): Promise<Uint8Array>;
  /** @param decode - as that of a unit. */
  whole<T>(file: WholeFile, decode: (bytes: Uint8Array, name: string) => T | Promise<T>): Promise<T>;
}
