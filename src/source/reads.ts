/**
 * What one query may ask of an opened tree. Every read is checked, counted against the
 * ceilings of the query before it is made, and shared with whoever asks for the same.
 */
import type { Span } from './merge.ts';
import type { FileRef } from './range.ts';

/**
 * Checks and decodes exactly these bytes; `name` says in errors where they came from.
 * @throws CartoError `CorruptFile`: they are then read once more, past every cache.
 */
export type Decode<T> = (bytes: Uint8Array, name: string) => T | Promise<T>;

/** A unit of a file. */
export interface Wanted<T> extends Span {
  readonly decode: Decode<T>;
  /** `false`: the decoded value is not kept for the queries that follow. */
  readonly keep?: boolean | undefined;
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
  /** A whole small file. One of length 0, unknown, is not kept: the catalogue. */
  whole<T>(file: FileRef, decode: Decode<T>): Promise<T>;
}
