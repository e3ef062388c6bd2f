/** The index being written: units one after the other, each deflated and sealed. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { MAX_RAW, seal, sealBucket, type UnitRef } from '../../../src/format/unit.ts';

/** Level 9 takes a thirtieth of a percent off pages of parcels. */
const DEFLATE_LEVEL = 6;
const BUFFER_BYTES = 1 << 20;

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

export class UnitFile {
  /** Bytes so far. */
  length = 0;
  readonly salt: number;
  readonly #file: number;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  constructor(path: string, salt: number) {
    this.salt = salt;
    this.#file = openSync(path, 'w');
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

  write(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.length += bytes.length;
    if (this.#pendingBytes >= BUFFER_BYTES) this.#flush();
  }

  /** Writes a bucket again, at its `offset`. */
  rewriteBucket(payload: Uint8Array, offset: number): void {
    this.#flush();
    writeAll(this.#file, sealBucket(payload, this.salt, offset), offset);
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    writeAll(this.#file, bytes, this.length - bytes.length);
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length;) {
    at += writeSync(file, bytes, at, bytes.length - at, position + at);
  }
}
