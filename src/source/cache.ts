/**
 * Decoded values, the last used ones, within a number of bytes. Refuses what alone is
 * larger than a quarter of it.
 */

interface Kept {
  readonly value: unknown;
  readonly bytes: number;
}

export class Cache {
  readonly #kept = new Map<string, Kept>();
  readonly #ceiling: number;
  #bytes = 0;

  constructor(ceiling: number) {
    this.#ceiling = ceiling;
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** The value of a key that it has. */
  get(key: string): unknown {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    // A map keeps the order of insertion: the first is the one used longest ago.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  set(key: string, value: unknown, bytes: number): void {
    this.#delete(key);
    if (bytes > this.#ceiling / 4) return;
    this.#kept.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#ceiling) return;
      this.#delete(oldest);
    }
  }

  #delete(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
