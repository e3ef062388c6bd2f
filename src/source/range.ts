/**
 * The seam between the reader and storage: a file of known length, read by ranges.
 * HTTP, a local file and memory implement it; tests and callers may too.
 */
export interface RangeSource {
  /** What to call the file in errors: its URL or path. */
  readonly name: string;
  /**
   * Exactly the bytes [offset, offset + length).
   * @throws CartoError - never fewer bytes, never others.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** Opens the files of a published tree by their path in the catalogue. */
export interface TreeSource {
  /** The address of the tree, for errors and `meta`. */
  readonly base: string;
  /** A whole small file: the catalogue, a table of postal codes. `path` relative to the base. */
  whole(path: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** A file of `length` bytes to be read by ranges. */
  open(path: string, length: number): RangeSource;
}
