/** The index being written: units one after the other, each deflated and sealed. */
import { deflateRawSync } from 'node:zlib';
import { MAX_RAW, seal, sealBucket, type UnitRef } from '../../../src/format/unit.ts';
import { OutputFile } from '../output-file.ts';

/** Level 9 takes a thirtieth of a percent off pages of parcels. */
const DEFLATE_LEVEL = 6;

/**
 * The payload of a unit.
 * @throws RangeError for more than a reader would inflate: too many features in one place.
 */
export function deflate(raw: Uint8Array): Uint8Array {
  if (raw.length > MAX_RAW) throw new RangeError(`a unit of ${raw.length} bytes, where ${MAX_RAW} may be`);
  return deflateRawSync(raw, { level: DEFLATE_LEVEL });
}

/** Bytes that `seal` adds. */
export const SEAL_BYTES = 2;

export class UnitFile extends OutputFile {
  readonly salt: number;

  constructor(path: string, salt: number) {
    super(path);
    this.salt = salt;
  }

  add(payload: Uint8Array): UnitRef {
    const offset = this.length;
    const { bytes, check } = seal(payload, this.salt, offset);
    this.write(bytes);
    return { offset, length: bytes.length, check };
  }

  addBucket(payload: Uint8Array): void {
    this.write(sealBucket(payload, this.salt, this.length));
  }

  /** Writes a bucket again, at its `offset`. */
  rewriteBucket(payload: Uint8Array, offset: number): void {
    this.rewrite(sealBucket(payload, this.salt, offset), offset);
  }
}
