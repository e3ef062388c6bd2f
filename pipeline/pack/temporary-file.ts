/**
 * A temporary file without a name: it is unlinked as soon as it is open, so that a process
 * killed at any moment leaves nothing behind. Written at its end, read anywhere.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Pieces smaller than this are put together before they are written. */
const BUFFER_BYTES = 1 << 18;

export class TemporaryFile {
  /** Bytes written so far. */
  length = 0;
  readonly #file: number;
  readonly #buffer: Buffer;
  #pending = 0;
  #isClosed = false;

  /** @param bufferBytes what is held back before it is written: the memory that it takes. */
  constructor(folder: string, bufferBytes = BUFFER_BYTES) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${randomUUID()}.tmp`);
    this.#file = openSync(path, 'wx+');
    rmSync(path);
    this.#buffer = Buffer.allocUnsafe(bufferBytes);
  }

  append(bytes: Uint8Array): void {
    if (this.#pending + bytes.length > this.#buffer.length) this.flush();
    if (bytes.length > this.#buffer.length) this.#write(bytes);
    else {
      this.#buffer.set(bytes, this.#pending);
      this.#pending += bytes.length;
    }
    this.length += bytes.length;
  }

  /** Writes what is pending: before it is read. */
  flush(): void {
    const bytes = this.#buffer.subarray(0, this.#pending);
    this.#pending = 0;
    this.#write(bytes);
  }

  /**
   * Fills `target` from `position` on, as far as the file goes.
   * @returns the bytes read.
   */
  read(target: Uint8Array, position: number): number {
    let read = 0;
    while (read < target.length) {
      const more = readSync(this.#file, target, read, target.length - read, position + read);
      if (more === 0) break;
      read += more;
    }
    return read;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }
}
