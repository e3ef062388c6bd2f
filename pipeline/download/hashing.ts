/** The hashes of a file while it comes: kept from one attempt to the next, as its bytes are. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Wanted } from './wanted.ts';

export interface Hashes {
  readonly sha256: string;
  /** By the algorithm of the announced checksum; `null` where none is announced. */
  readonly announced: string | null;
}

/** Both hashes at once: the one that names the file, and the one that the catalogue announces. */
export class Hashing {
  /** Taken so far. */
  bytes = 0;
  readonly #sha256 = createHash('sha256');
  readonly #announced: Hash | null;

  constructor({ checksum }: Wanted) {
    this.#announced = checksum === null ? null : createHash(checksum.algorithm);
  }

  update(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    this.#sha256.update(bytes);
    this.#announced?.update(bytes);
  }

  /** Takes the bytes of the file at `path`, which came before. */
  async catchUp(path: string): Promise<void> {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }))
      this.update(piece as Buffer);
  }

  /** Ends it: nothing can be taken any more. */
  digest(): Hashes {
    return { sha256: this.#sha256.digest('hex'), announced: this.#announced?.digest('hex') ?? null };
  }
}
