/** Reads every partition's file by the blocks that the keys name, and checks that nothing is left out. */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './refuse.ts';
import type { KeyDirectory } from '../../../src/format/key-directory.ts';
import type { ManifestLayer } from '../../../src/format/manifest.ts';
import { FeatureFile } from '../../pack/index/feature-file.ts';
import { encodeKey } from '../../pack/sort-key.ts';
import { checkBlock, type FeaturesInput } from './features.ts';
import type { PartitionBlock } from './keys.ts';

/** What has been read of a partition. */
class Progress {
  position = 0;
  offset: number;
  readonly #input: FeaturesInput;
  readonly #file: number;
  #key: Uint8Array = new Uint8Array();

  constructor(path: string, featuresOffset: number, input: FeaturesInput) {
    this.#input = input;
    this.offset = featuresOffset;
    const file = new FeatureFile(path, input.layer.fields);
    file.close();
    if (file.featuresOffset !== featuresOffset)
      refuse(input.name, `features that begin at byte ${featuresOffset}`);
    this.#file = openSync(path, 'r');
  }

  take(block: PartitionBlock): void {
    const { name } = this.#input;
    const { position, offset, length, features } = block;
    if (position !== this.position || offset !== this.offset) {
      refuse(name, `the block at byte ${offset} does not follow the one before`);
    }
    this.#follow(block);
    const bytes = Buffer.alloc(length);
    if (readSync(this.#file, bytes, 0, length, offset) !== length) refuse(name, `a block of ${length} bytes`);
    checkBlock(block, bytes, this.#input);
    [this.position, this.offset] = [position + features, offset + length];
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Keys must be in order, for readers search them by halving. */
  #follow({ keys, offset }: PartitionBlock): void {
    const { fields } = this.#input.layer.index.keys;
    const key = encodeKey(fields, Object.fromEntries(fields.map((name, i) => [name, keys[i] ?? null])));
    if (Buffer.compare(this.#key, key) > 0)
      refuse(this.#input.name, `the keys at byte ${offset} are out of order`);
    this.#key = key;
  }
}

/** Checks every feature of the files in `directory`; the blocks come in the order of the partitions. */
export async function checkPartitions(
  directory: string,
  manifest: ManifestLayer,
  { files }: KeyDirectory,
  blocks: AsyncIterable<PartitionBlock>,
  input: FeaturesInput,
): Promise<void> {
  const iterator = blocks[Symbol.asyncIterator]();
  let next = await iterator.next();
  for (const [number, { file, features }] of manifest.partitions.entries()) {
    const progress = new Progress(join(directory, file.path), files[number]?.featuresOffset ?? 0, input);
    try {
      for (; next.done !== true && next.value.partition === number; next = await iterator.next()) {
        progress.take(next.value);
      }
      if (progress.position !== features || progress.offset !== file.length) {
        refuse(
          input.name,
          `the keys of ${file.path} end with feature ${progress.position}, byte ${progress.offset}`,
        );
      }
    } finally {
      progress.close();
    }
  }
  if (next.done !== true) refuse(input.name, `a block of partition ${next.value.partition} too many`);
  const rest = input.sightings.rest();
  if (rest !== null) {
    refuse(
      input.name,
      `page ${rest.page} holds feature ${rest.position} of partition ${rest.partition}, which is none`,
    );
  }
}
