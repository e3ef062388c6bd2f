/**
 * A published tree held in memory: for tests, and for callers who carry a small
 * tree with them. Refuses ranges that pass the end of a file.
 */
import { CartoError } from '../errors.ts';
import type { TreeSource } from './range.ts';

/** Reads files given as bytes by their path in the tree. */
export function memoryTree(files: ReadonlyMap<string, Uint8Array>, base = 'memory:'): TreeSource {
  const find = async (path: string, signal: AbortSignal | undefined): Promise<Uint8Array> => {
    // Settled in a later turn, as every other source does.
    await Promise.resolve();
    signal?.throwIfAborted();
    const bytes = files.get(path);
    if (bytes === undefined) throw new CartoError('NotFound', `${base}${path}: no such file`, { path });
    return bytes;
  };
  return {
    base,
    whole: async (path, signal) => (await find(path, signal)).slice(),
    async range({ path }, offset, length, signal) {
      const bytes = (await find(path, signal)).slice(offset, offset + length);
      if (bytes.length === length) return bytes;
      throw new CartoError('NotOurFile', `${base}${path}: ends before byte ${offset + length}`, { path });
    },
  };
}
