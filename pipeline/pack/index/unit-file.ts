/** The index being written: units one after the other, each deflated and sealed. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { seal, sealBucket, type UnitRef } from '../../../src/format/unit.ts';

/** No smaller output was seen of 9 that paid for its time; docs/format.md has the numbers. */
const DEFLATE_LEVEL = 9;
const BUFFER_BYTES = 1 << 20;

/** The payload of a unit. */
export function deflate(raw: Uint8Array): Uint8Array {
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
