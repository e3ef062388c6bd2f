/**
 * What a build has made, read as the published tree that it will be. Refuses names that
 * will not be in the tree, as a host does.
 */
import { CartoError } from '../../src/errors.ts';
import { fileTree } from '../../src/source/file.ts';
import type { TreeSource } from '../../src/source/range.ts';
import { describeFile, type Candidate } from '../publish/named.ts';

/** `catalogue`: its text. */
export function unpublishedTree(candidates: readonly Candidate[], catalogue: string): TreeSource {
  const places = new Map(candidates.map((candidate) => [describeFile(candidate).path, candidate.path]));
  const files = fileTree('');
  const place = (path: string): string => {
    const found = places.get(path);
    if (found === undefined) throw new CartoError('NotFound', `${path}: not in this tree`, { path });
    return found;
  };
  return {
    base: 'unpublished:',
    async whole(path, signal) {
      if (path === 'catalogue.json') return new TextEncoder().encode(catalogue);
      return files.whole(place(path), signal);
    },
    range: async (file, offset, length, signal) =>
      files.range({ ...file, path: place(file.path) }, offset, length, signal),
  };
}
