/**
 * Writes the index of a layer from its finished .fgb files: pages, directories, id
 * buckets, key leaves and key directory; docs/format.md says what each is. The bytes
 * depend on the files alone, not on the memory allowed. Refuses features without a place
 * in a layer of places, and ids in any other: no page could hold them.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { CATALOGUE_FORMAT, type LayerIndex } from '../../../src/format/catalogue.ts';
import type { IndexInput, IndexOptions } from './layer.ts';
import { IndexBuild } from './index-build.ts';

export type { IndexedPartition, IndexInput, IndexOptions } from './layer.ts';

const DEFAULTS = {
  memory: 128 << 20,
  pageBytes: 5600,
  directoryBytes: 5600,
  leafFraction: 0.5,
  wholeBytes: 2048,
};

/** Goes into every checksum: the same for the same features. */
function saltOf({ layer, partitions }: IndexInput): number {
  const names = partitions.map(({ id, hash }) => `${layer}/${id} ${hash}\n`);
  return createHash('sha256')
    .update(`${CATALOGUE_FORMAT}\n${names.join('')}`)
    .digest()
    .readUInt32LE(0);
}

/** Writes `target`, and gives what the catalogue says of it. */
export function writeIndex(
  input: IndexInput,
  target: string,
  options: IndexOptions = {},
): Promise<Omit<LayerIndex, 'hash'>> {
  const build = new IndexBuild(input, target, saltOf(input), {
    ...DEFAULTS,
    work: dirname(target),
    ...options,
  });
  try {
    return Promise.resolve(build.run());
  } catch (error) {
    rmSync(target, { force: true });
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  } finally {
    build.close();
  }
}
