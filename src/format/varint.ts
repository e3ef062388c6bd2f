/**
 * Whole numbers of varying length: seven bits a byte, the lowest first, the top bit set
 * on all but the last; signed ones zigzag (0, -1, 1, -2, …). Up to 2^53 - 1, so in plain
 * arithmetic: bit operators end at 32 bits. `byte-reader.ts` reads them.
 */

export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Writes numbers one after the other. */
export class VarintWriter {
  #bytes = new Uint8Array(64);
  #length = 0;

  unsigned(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`no varint says ${value}`);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#push((rest % 128) + 128);
    this.#push(rest);
  }

  signed(value: number): void {
    this.unsigned(zigzag(value));
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}
