/** A file written from its start, small pieces put together first: a write is worth its call then. */
import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 1 << 20;

export class OutputFile {
  /** Bytes so far. */
  length = 0;
  readonly #file: number;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #isClosed = false;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** `bytes` may not be changed before the file is closed. */
  write(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.length += bytes.length;
    if (this.#pendingBytes >= BUFFER_BYTES) this.#flush();
  }

  /** Writes `bytes` over those at `offset`, which have been written before. */
  rewrite(bytes: Uint8Array, offset: number): void {
    this.#flush();
    this.#put(bytes, offset);
  }

  /** Writes what is pending; once closed, it stays so. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      this.#flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#put(bytes, this.length - bytes.length);
  }

  #put(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length;) {
      at += writeSync(this.#file, bytes, at, bytes.length - at, position + at);
    }
  }
}
