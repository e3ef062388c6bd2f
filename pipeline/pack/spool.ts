/**
 * A spool: the encoded features of one layer and partition in the order in which
 * their source gave them, on disk between normalising and packing.
 *
 * Entry: length of the id (u16), of the feature (u32), of the key (u32), box (4 × f64, NaN
 * without a place), key, id (UTF-8), the feature's bytes. Little-endian. Never published.
 */
import type { Box } from '../../src/geometry/lattice.ts';
import { OutputFile } from './output-file.ts';
import { EMPTY_BOX, joinBoxes } from './rtree.ts';

export interface SpoolEntry {
  /** What names the feature in reports. */
  readonly id: string;
  /** Degrees; `null` without a place. */
  readonly box: Box | null;
  /** The values that it is ordered by, as `encodeKey` gives them. */
  readonly key: Uint8Array;
  readonly feature: Uint8Array;
}

export const HEAD_BYTES = 2 + 4 + 4 + 32;
/** Where the box stands in the head. */
export const BOX_AT = 10;

function encodeEntry(entry: SpoolEntry): Buffer {
  const id = Buffer.from(entry.id, 'utf8').subarray(0, 0xffff);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt16LE(id.length, 0);
  head.writeUInt32LE(entry.feature.length, 2);
  head.writeUInt32LE(entry.key.length, 6);
  for (let i = 0; i < 4; i++) head.writeDoubleLE(entry.box?.[i] ?? NaN, BOX_AT + 8 * i);
  return Buffer.concat([head, entry.key, id, entry.feature]);
}

export class SpoolWriter {
  readonly #file: OutputFile;
  #count = 0;
  #box: Box | null = null;

  constructor(path: string) {
    this.#file = new OutputFile(path);
  }

  /** Around all features with a place, in degrees. */
  get box(): Box | null {
    return this.#box;
  }

  get count(): number {
    return this.#count;
  }

  add(entry: SpoolEntry): void {
    this.#file.write(encodeEntry(entry));
    this.#count += 1;
    if (entry.box !== null) this.#box = joinBoxes(this.#box ?? EMPTY_BOX, entry.box);
  }

  /** Writes what is pending; once closed, it stays so. */
  close(): void {
    this.#file.close();
  }
}
