/** The index being written: units one after the other, each deflated and sealed. */
import { constants, deflateRawSync } from 'node:zlib';
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

/** Empty blocks of DEFLATE that end at a whole byte: two not to be the last, of five and six bytes, and a last one. */
const FIVE = Buffer.from('000000ffff', 'hex');
const SIX = Buffer.from('02000000ffff', 'hex');
const LAST = Buffer.from('010000ffff', 'hex');

/** The payload of a unit, of exactly `length` bytes where `raw` leaves room for empty blocks. */
export function deflateTo(raw: Uint8Array, length: number): Uint8Array {
  const blocks = deflateRawSync(raw, { level: DEFLATE_LEVEL, finishFlush: constants.Z_SYNC_FLUSH });
  const room = length - blocks.length - LAST.length;
  const sixes = room % FIVE.length;
  const fives = (room - sixes * SIX.length) / FIVE.length;
  if (room < 0 || fives < 0) return deflate(raw);
  return Buffer.concat([blocks, ...Array<Buffer>(sixes).fill(SIX), ...Array<Buffer>(fives).fill(FIVE), LAST]);
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
