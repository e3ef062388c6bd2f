/**
 * A published tree held in memory: for tests, and for callers who carry a small
 * tree with them. Refuses ranges that pass the end of a file.
 */
import { CartoError } from '../errors.ts';
import type { RangeSource, TreeSource } from './range.ts';

/** Opens files given as bytes by their path in the tree. */
export function memoryTree(files: ReadonlyMap<string, Uint8Array>, base = 'memory:'): TreeSource {
  const find = (path: string): Uint8Array => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new CartoError('NotFound', `${base}${path}: no such file`, { path });
    return bytes;
  };
  const open = (path: string): RangeSource => ({
    name: `${base}${path}`,
    async read(offset, length, signal) {
      // Settled in a later turn, as every other source does.
      await Promise.resolve();
      signal?.throwIfAborted();
      const bytes = find(path).slice(offset, offset + length);
      if (bytes.length === length) return bytes;
      throw new CartoError('NotOurFile', `${base}${path}: ends before byte ${offset + length}`, { path });
    },
  });
  return {
    base,
    async whole(path, signal) {
      await Promise.resolve();
      signal?.throwIfAborted();
      return find(path).slice();
    },
    open,
  };
}
