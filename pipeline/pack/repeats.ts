/**
 * Watches a layer's features, in the order of their keys, for two troubles that no feature shows
 * by itself: an identifier that returns with other content, and sources of different formats
 * that tell of the same place or document. Memory: the identifiers under one key.
 */
import { HASH_BYTES, PLACE_BYTES } from './sort-key.ts';

/** Where a feature came from. */
export interface Sighting {
  /** The number of its spool. */
  readonly spool: number;
  readonly id: string;
}

/** A feature whose identifier one before it has, of other content. */
export interface Repeat extends Sighting {
  /** The spool of that one. */
  readonly of: number;
}

/** Two sources of different formats, and what both tell of. */
export interface Mixture {
  readonly spools: readonly [number, number];
  readonly id: string;
}

/** A feature that nothing identifies is named by its row. */
const UNIDENTIFIED = /^#\d+$/;

export class Repeats {
  /** Each feature, after the first, of an identifier that another one of other content has. */
  readonly repeated: Repeat[] = [];
  /** The first one. */
  mixture: Mixture | null = null;
  readonly #formats: readonly string[];
  #key: Uint8Array | null = null;
  #first = 0;
  /** And the spool of the first of each. */
  readonly #ids = new Map<string, number>();

  /** @param formats of each spool. */
  constructor(formats: readonly string[]) {
    this.#formats = formats;
  }

  /** The next feature; `sortKey` as it was sorted by, identical ones left out. */
  see(sortKey: Uint8Array, sighting: Sighting): void {
    const key = sortKey.subarray(0, sortKey.length - PLACE_BYTES - HASH_BYTES);
    if (this.#key === null || Buffer.compare(this.#key, key) !== 0) {
      this.#key = Uint8Array.from(key);
      this.#first = sighting.spool;
      this.#ids.clear();
    }
    if (key.length > 0) this.#compareFormats(sighting);
    if (UNIDENTIFIED.test(sighting.id)) return;
    const of = this.#ids.get(sighting.id);
    if (of === undefined) this.#ids.set(sighting.id, sighting.spool);
    else this.repeated.push({ ...sighting, of });
  }

  #compareFormats({ spool, id }: Sighting): void {
    if (this.mixture !== null || this.#formats[spool] === this.#formats[this.#first]) return;
    this.mixture = { spools: [this.#first, spool], id };
  }
}
