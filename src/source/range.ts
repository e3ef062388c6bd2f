/**
 * The seam between the reader and storage: whole small files, and ranges of files of
 * known length. HTTP, a folder and memory implement it; tests and callers may too.
 * Gives the very bytes that were asked for, or refuses.
 */

/** A file of a published tree, as the catalogue names it. */
export interface FileRef {
  /** Relative to the tree's base. */
  readonly path: string;
  /** Bytes. */
  readonly length: number;
}

/** `fresh` asks past every cache on the way: what came before was not what it should be. */
export interface TreeSource {
  /** The address of the tree, for errors and `meta`: with a path after it, it names a file. */
  readonly base: string;
  /** A whole small file: the catalogue, a table of postal codes. `path` relative to the base. */
  whole(path: string, signal?: AbortSignal, fresh?: boolean): Promise<Uint8Array>;
  /**
   * Exactly the bytes [offset, offset + length) of `file`.
   * @throws CartoError - never fewer bytes, never others.
   */
  range(
    file: FileRef,
    offset: number,
    length: number,
    signal?: AbortSignal,
    fresh?: boolean,
  ): Promise<Uint8Array>;
}
