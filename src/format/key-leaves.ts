/**
 * Leaves of the sorted keys of a layer: each lists consecutive blocks of one partition's
 * `.fgb`, and a block is a run of features with one key. Refuses blocks that pass their
 * file.
 */
import { decodeRows, encodeColumn, encodeColumns } from './columns.ts';
import { must } from './corrupt.ts';
import type { Value } from './feature-values.ts';
import { decodeUnit, joinUnit } from './unit-json.ts';
import type { UnitRef } from './unit.ts';

/** A run of features with one key, consecutive in a partition's `.fgb`. */
export interface KeyBlock {
  /** The values of the key fields. */
  readonly keys: readonly Value[];
  /** Which of the features in the file its first one is. */
  readonly position: number;
  readonly features: number;
  /** Its first byte in the file. */
  readonly offset: number;
  readonly length: number;
  /** The CRC-32 of these bytes. */
  readonly crc: number;
}

export interface KeyLeafRef {
  /** The number of the partition in whose file its blocks stand. */
  readonly partition: number;
  /** The keys, the position and the first byte of its first block. */
  readonly first: readonly Value[];
  readonly position: number;
  readonly at: number;
  /** The leaf itself. */
  readonly ref: UnitRef;
}

/** A partition's `.fgb`. */
export interface KeyFile {
  /** The first 16 hexadecimal digits of its sha256. */
  readonly hash: string;
  /** Bytes. */
  readonly length: number;
  readonly features: number;
  /** The byte of its first feature. */
  readonly featuresOffset: number;
}

/** The raw bytes of a leaf: blocks of one file, one after the other, by so many `keys`. */
export function encodeKeyLeaf(blocks: readonly KeyBlock[], keys: number): Uint8Array {
  const json = {
    crcs: blocks.map(({ crc }) => crc),
    lengths: encodeColumn(blocks.map(({ length }) => length)),
    features: encodeColumn(blocks.map(({ features }) => features)),
    keys: encodeColumns(blocks.map((block) => block.keys), keys), // prettier-ignore
  };
  return joinUnit(json, new Uint8Array(0));
}

/**
 * The blocks of a leaf, which stand in `file`.
 * @throws CartoError `CorruptFile`.
 */
export function decodeKeyLeaf(
  raw: Uint8Array,
  leaf: KeyLeafRef,
  file: KeyFile,
  keys: number,
  name: string,
): KeyBlock[] {
  return decodeUnit(raw, name, (json) => {
    const { length: n } = json.crcs as readonly number[];
    const numbers = [json.lengths, json.features, json.crcs];
    let { position, at: offset } = leaf;
    const rows = decodeRows<readonly [number, number, number, ...Value[]]>(numbers, json.keys, keys, n);
    const blocks = rows.map(([length, features, crc, ...keys]): KeyBlock => {
      const block = { keys, position, features, offset, length, crc };
      position += features;
      offset += length;
      return block;
    });
    must(position <= file.features && offset <= file.length, 'blocks');
    return blocks;
  });
}
