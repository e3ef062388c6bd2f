/** Reads the keys of an index: the blocks of every partition's file, in order and without a gap. */
import { refuse } from './refuse.ts';
import { decodeKeyDirectory, type KeyDirectory } from '../../../src/format/key-directory.ts';
import { decodeKeyLeaf, type KeyBlock } from '../../../src/format/key-leaves.ts';
import type { ManifestLayer } from '../../../src/format/manifest.ts';
import { hashDigits } from '../named.ts';
import type { IndexFile } from './index-file.ts';

/** Whether the directory names the files of the manifest. */
function checkFiles({ files }: KeyDirectory, { partitions }: ManifestLayer, name: string): void {
  const found = files.map(({ hash, length, features }) => [hash, length, features]);
  const expected = partitions.map(({ features, file: { sha256, length } }) => [
    hashDigits(sha256),
    length,
    features,
  ]);
  if (JSON.stringify(found) !== JSON.stringify(expected))
    refuse(name, 'its keys are of other files than the manifest says');
}

/** The directory of the keys; then the leaves and it are told as read, which ends the file. */
export async function readKeyDirectory(file: IndexFile, manifest: ManifestLayer): Promise<KeyDirectory> {
  const { keys } = file.index;
  const directory = decodeKeyDirectory(await file.unit(keys), keys.leaves, keys.fields.length, file.name);
  checkFiles(directory, manifest, file.name);
  for (const { ref } of directory.leaves) file.expect('a leaf of keys', ref.offset, ref.length);
  file.expect('the directory of keys', keys.offset, keys.length);
  file.expectEnd();
  return directory;
}

export interface PartitionBlock extends KeyBlock {
  readonly partition: number;
}

/** The blocks of all partitions, one file after the other. */
export async function* readBlocks(file: IndexFile, directory: KeyDirectory): AsyncGenerator<PartitionBlock> {
  const { fields } = file.index.keys;
  for (const leaf of directory.leaves) {
    const within = directory.files[leaf.partition];
    if (within === undefined) return refuse(file.name, `keys of partition ${leaf.partition}`);
    const blocks = decodeKeyLeaf(await file.unit(leaf.ref), leaf, within, fields.length, file.name);
    for (const block of blocks) yield { ...block, partition: leaf.partition };
  }
}
