/** Cuts the features of a file into blocks: runs of one key, none larger than a reader asks for at once. */
import { crc32 } from 'node:zlib';
import type { Value } from '../../../src/format/feature-values.ts';
import type { KeyBlock } from '../../../src/format/key-leaves.ts';
import type { StoredFeature } from './feature-file.ts';

/** A larger feature is a block of its own. */
export const BLOCK_BYTES = 1 << 20;

function areEqual(a: readonly Value[], b: readonly Value[]): boolean {
  return a.every((value, i) => value === b[i]);
}

export class BlockCutter {
  readonly #onBlock: (block: KeyBlock) => void;
  #block: KeyBlock | null = null;

  constructor(onBlock: (block: KeyBlock) => void) {
    this.#onBlock = onBlock;
  }

  add(keys: readonly Value[], { chunk, at, length, position, offset }: StoredFeature): void {
    const bytes = chunk.bytes.subarray(at, at + length);
    const block = this.#block;
    if (block !== null && block.length + length <= BLOCK_BYTES && areEqual(keys, block.keys)) {
      this.#block = {
        ...block,
        features: block.features + 1,
        length: block.length + length,
        crc: crc32(bytes, block.crc),
      };
      return;
    }
    this.end();
    this.#block = { keys, position, features: 1, offset, length, crc: crc32(bytes) };
  }

  /** Ends the last block of a file. */
  end(): void {
    if (this.#block !== null) this.#onBlock(this.#block);
    this.#block = null;
  }
}
