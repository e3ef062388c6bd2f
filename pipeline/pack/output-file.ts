/** A file written from its start, small pieces put together first: a write is worth its call then. */
import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 1 << 20;

export class OutputFile {
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
    if (this.#pendingBytes >= BUFFER_BYTES) this.#flush();
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
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }
}
