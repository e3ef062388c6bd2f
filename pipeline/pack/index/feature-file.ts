/**
 * A finished .fgb file of our own packing, read from its first feature to its last, about
 * a megabyte at a time. Refuses a file that is none, whose columns are not its layer's
 * fields, or that ends too early or too late.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ByteBuffer } from 'flatbuffers';
import { fromByteBuffer, type HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { calcTreeSize } from 'flatgeobuf/lib/mjs/packedrtree.js';
import type { Field } from '../../../src/format/catalogue.ts';
import { NODE_BYTES } from '../../../src/format/packed-rtree.ts';
import { FILE_START } from '../header.ts';
import { chunkOf, type Chunk } from './chunk.ts';
import type { EncodedFeature } from './encoded-feature.ts';

const CHUNK_BYTES = 1 << 20;
/** Of the length before each feature. */
const LENGTH_BYTES = 4;
const NODES_AT_ONCE = NODE_BYTES * 16384;
const EMPTY = chunkOf(Buffer.alloc(0));

/** A feature, and where it stands in its file. */
export interface StoredFeature extends EncodedFeature {
  /** 0 for the first of the file. */
  readonly position: number;
  /** Byte in the file. */
  readonly offset: number;
}

/** Where a feature is, roughly. */
export interface Centre {
  /** Degrees. */
  readonly x: number;
  readonly y: number;
  /** Bytes of the feature. */
  readonly length: number;
}

function readExactly(file: number, length: number, position: number, path: string): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length;) {
    const read = readSync(file, bytes, at, length - at, position + at);
    if (read === 0) throw new Error(`${path} ends at byte ${position + at}, before ${position + length}`);
    at += read;
  }
  return bytes;
}

/** The length of the feature at `at`, as far as the chunk says it: of its length prefix at least. */
function lengthIn(chunk: Chunk, at: number): number {
  return at + LENGTH_BYTES > chunk.bytes.length
    ? LENGTH_BYTES
    : LENGTH_BYTES + chunk.view.getUint32(at, true);
}

function readHeader(file: number, path: string): { readonly header: HeaderMeta; readonly end: number } {
  const prefix = readExactly(file, FILE_START.length + LENGTH_BYTES, 0, path);
  if (!prefix.subarray(0, FILE_START.length).equals(FILE_START))
    throw new Error(`${path} is no FlatGeobuf file`);
  const length = LENGTH_BYTES + prefix.readUInt32LE(FILE_START.length);
  const bytes = readExactly(file, length, FILE_START.length, path);
  return { header: fromByteBuffer(new ByteBuffer(bytes)), end: FILE_START.length + length };
}

function checkColumns({ columns }: HeaderMeta, fields: readonly Field[], path: string): void {
  const found = (columns ?? []).map(({ name }) => name).join(', ');
  const expected = fields.map(({ name }) => name).join(', ');
  if (found !== expected) throw new Error(`${path} has the columns ${found} where its layer has ${expected}`);
}

export class FeatureFile {
  readonly path: string;
  /** Bytes. */
  readonly length: number;
  readonly features: number;
  /** Byte of the first feature. */
  readonly featuresOffset: number;
  readonly #file: number;
  /** Byte of the first leaf of its tree. */
  readonly #leaves: number | null;

  constructor(path: string, fields: readonly Field[]) {
    this.path = path;
    this.#file = openSync(path, 'r');
    this.length = fstatSync(this.#file).size;
    const { header, end } = readHeader(this.#file, path);
    checkColumns(header, fields, path);
    this.features = header.featuresCount;
    const hasTree = header.indexNodeSize > 0 && this.features > 0;
    this.featuresOffset = end + (hasTree ? calcTreeSize(this.features, header.indexNodeSize) : 0);
    // The leaves of the tree are its last nodes.
    this.#leaves = hasTree ? this.featuresOffset - this.features * NODE_BYTES : null;
  }

  /** Every feature in order. Its chunk is not used again. */
  *read(): Generator<StoredFeature> {
    let [chunk, start, offset] = [EMPTY, this.featuresOffset, this.featuresOffset];
    for (let position = 0; position < this.features; position++) {
      let length = lengthIn(chunk, offset - start);
      // Once for the next chunk, once more where it does not hold the whole of a large feature.
      for (let least = LENGTH_BYTES; length > chunk.bytes.length - (offset - start); least = length) {
        [chunk, start] = [this.#chunkFrom(offset, least), offset];
        length = lengthIn(chunk, 0);
      }
      yield { chunk, at: offset - start, length, position, offset };
      offset += length;
    }
    if (offset !== this.length)
      throw new Error(`${this.path}: features end at byte ${offset} of ${this.length}`);
  }

  /** The middle of every feature's box, in degrees, and its bytes; from the tree, nothing without one. */
  *centres(): Generator<Centre> {
    if (this.#leaves === null) return;
    const size = this.featuresOffset - this.#leaves;
    let before: { readonly x: number; readonly y: number; readonly offset: number } | null = null;
    for (let start = 0; start < size; start += NODES_AT_ONCE) {
      const bytes = readExactly(
        this.#file,
        Math.min(NODES_AT_ONCE, size - start),
        this.#leaves + start,
        this.path,
      );
      for (let at = 0; at < bytes.length; at += NODE_BYTES) {
        const middle = (i: number): number =>
          (bytes.readDoubleLE(at + i) + bytes.readDoubleLE(at + i + 16)) / 2;
        const offset = Number(bytes.readBigUInt64LE(at + 32));
        if (before !== null) yield { ...before, length: offset - before.offset };
        before = { x: middle(0), y: middle(8), offset };
      }
    }
    if (before !== null) yield { ...before, length: this.length - this.featuresOffset - before.offset };
  }

  close(): void {
    closeSync(this.#file);
  }

  #chunkFrom(position: number, least: number): Chunk {
    const length = Math.min(Math.max(CHUNK_BYTES, least), Math.max(least, this.length - position));
    return chunkOf(readExactly(this.#file, length, position, this.path));
  }
}
