/**
 * The sorted keys of a layer: blocks into leaves, leaves into a directory. They are found
 * while the features are read, and written when the pages are.
 */
import type { KeyDirectoryRef } from '../../../src/format/catalogue.ts';
import type { Value } from '../../../src/format/feature-values.ts';
import { encodeKeyDirectory } from '../../../src/format/key-directory.ts';
import {
  encodeKeyLeaf,
  type KeyBlock,
  type KeyFile,
  type KeyLeafRef,
} from '../../../src/format/key-leaves.ts';
import type { TemporaryFile } from '../temporary-file.ts';
import { mostThatFit } from './fit.ts';
import { BlockCutter } from './key-blocks.ts';
import type { StoredFeature } from './feature-file.ts';
import { deflate, SEAL_BYTES, type UnitFile } from './unit-file.ts';

/** Stored. */
const LEAF_BYTES = 6000;
/** Blocks of a first leaf; then what was learnt decides. */
const FIRST_TRY = 256;

interface StoredLeaf extends Omit<KeyLeafRef, 'ref'> {
  /** Bytes of the payload. */
  readonly length: number;
}

export class KeyWriter {
  readonly #fields: readonly string[];
  readonly #spool: TemporaryFile;
  readonly #cutter = new BlockCutter((block) => {
    this.#addBlock(block);
  });
  #partition = 0;
  readonly #leaves: StoredLeaf[] = [];
  #blocks: KeyBlock[] = [];
  #nextTry = FIRST_TRY;

  /** @param spool holds the leaves until the pages are written. */
  constructor(fields: readonly string[], spool: TemporaryFile) {
    this.#fields = fields;
    this.#spool = spool;
  }

  /** Adds a feature of `partition`; partition after partition, each in the order of its file. */
  add(keys: readonly Value[], feature: StoredFeature, partition: number): void {
    if (partition !== this.#partition) this.#endFile();
    this.#partition = partition;
    this.#cutter.add(keys, feature);
  }

  /** Writes leaves and directory into `file`; `files` by the number of their partition. */
  finish(file: UnitFile, files: readonly KeyFile[]): KeyDirectoryRef {
    this.#endFile();
    this.#spool.flush();
    const leaves = file.length;
    let position = 0;
    const refs = this.#leaves.map(({ length, ...leaf }): KeyLeafRef => {
      const payload = new Uint8Array(length);
      this.#spool.read(payload, position);
      position += length;
      return { ...leaf, ref: file.add(payload) };
    });
    const raw = encodeKeyDirectory({ files, leaves: refs }, this.#fields.length);
    return { fields: this.#fields, ...file.add(deflate(raw)), leaves };
  }

  #addBlock(block: KeyBlock): void {
    this.#blocks.push(block);
    if (this.#blocks.length >= this.#nextTry) this.#cut();
  }

  #endFile(): void {
    this.#cutter.end();
    while (this.#blocks.length > 0) this.#cut(true);
  }

  /** Ends a leaf where it is full; with `isLast`, also where it is not. */
  #cut(isLast = false): void {
    const all = this.#blocks.length;
    const size = this.#encode(all).length + SEAL_BYTES;
    if (size <= LEAF_BYTES) {
      if (isLast) this.#write(all);
      else this.#nextTry = Math.ceil(all * Math.max(1.05, LEAF_BYTES / size));
      return;
    }
    const counts = Array.from({ length: all }, (_, i) => i + 1);
    this.#write(mostThatFit(counts, (count) => this.#encode(count).length + SEAL_BYTES <= LEAF_BYTES));
  }

  #encode(count: number): Uint8Array {
    return deflate(encodeKeyLeaf(this.#blocks.slice(0, count), this.#fields.length));
  }

  #write(count: number): void {
    const first = this.#blocks[0];
    if (first === undefined) return;
    const payload = this.#encode(count);
    this.#spool.append(payload);
    const { keys, position, offset } = first;
    this.#leaves.push({
      partition: this.#partition,
      first: keys,
      position,
      at: offset,
      length: payload.length,
    });
    this.#blocks = this.#blocks.slice(count);
    this.#nextTry = Math.max(this.#nextTry >> 1, Math.floor(count * 0.98));
  }
}
