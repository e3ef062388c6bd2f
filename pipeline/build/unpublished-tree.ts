/**
 * What a build has made, read as the published tree that it will be. Refuses names that
 * will not be in the tree, as a host does.
 */
import { CartoError } from '../../src/errors.ts';
import { fileTree } from '../../src/source/file.ts';
import type { TreeSource } from '../../src/source/range.ts';
import { describeFile, type Candidate } from '../publish/named.ts';

export interface UnpublishedTree extends TreeSource {
  /** Where the file that will be `path` is on this machine. @throws CartoError `NotFound`. */
  locate(path: string): string;
}

/** `catalogue`: its text. */
export function unpublishedTree(candidates: readonly Candidate[], catalogue: string): UnpublishedTree {
  const places = new Map(candidates.map((candidate) => [describeFile(candidate).path, candidate.path]));
  const files = fileTree('');
  const locate = (path: string): string => {
    const place = places.get(path);
    if (place === undefined) throw new CartoError('NotFound', `${path}: not in this tree`, { path });
    return place;
  };
  return {
    base: 'unpublished:',
    locate,
    async whole(path, signal) {
      if (path === 'catalogue.json') return new TextEncoder().encode(catalogue);
      return files.whole(locate(path), signal);
    },
    range: async (file, offset, length, signal) =>
      files.range({ ...file, path: locate(file.path) }, offset, length, signal),
  };
}
