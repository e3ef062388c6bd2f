/**
 * What all queries on one opened tree share: the decoded units they used last, and the
 * requests under way. Refuses to keep anything of a read that failed.
 */
import { Cache } from './cache.ts';
import type { Flight } from './flight.ts';
import type { QueryLimits } from './limits.ts';
import { observed, type RequestListener } from './observe.ts';
import { QueryReads } from './query-reads.ts';
import type { TreeSource } from './range.ts';
import type { Reads } from './reads.ts';

export type { QueryLimits } from './limits.ts';
export type { Reads, Wanted, WholeFile } from './reads.ts';

export interface StoreOptions {
  /** Of decoded values kept, estimated. */
  readonly cacheBytes: number;
  /** Called at the end of each request, whatever became of it. */
  readonly onRequest?: RequestListener | undefined;
}

/** What a stored byte becomes when it is inflated and decoded to objects: 4 was measured on parcels; what compresses better makes more. */
const DECODED_FACTOR = 8;

export class Store {
  readonly tree: TreeSource;
  readonly #cache: Cache;
  readonly #coming = new Map<string, { readonly flight: Flight; readonly value: Promise<unknown> }>();

  constructor(tree: TreeSource, { cacheBytes, onRequest }: StoreOptions) {
    this.tree = onRequest === undefined ? tree : observed(tree, onRequest);
    this.#cache = new Cache(cacheBytes);
  }

  /** The reads of one query. @param signal - aborts them with its reason. */
  query(limits: QueryLimits, signal?: AbortSignal): Reads {
    return new QueryReads(this, limits, signal);
  }

  /** Whether `key` need not be asked for: it is kept, or under way. */
  has(key: string): boolean {
    return this.#cache.has(key) || this.#coming.get(key)?.flight.isAbandoned === false;
  }

  /** What is kept or under way; who waits for a flight joins it. */
  get(key: string): { readonly flight?: Flight; readonly value: unknown } {
    const coming = this.#coming.get(key);
    return coming?.flight.isAbandoned === false ? coming : { value: this.#cache.get(key) };
  }

  /**
   * Shares `value`, which `flight` brings, and keeps it when it has come.
   * @param bytes - as stored; 0: not kept.
   */
  expect(key: string, flight: Flight, value: Promise<unknown>, bytes: number): void {
    const coming = { flight, value };
    this.#coming.set(key, coming);
    const end = (): void => {
      // After an abort the key may stand for a newer request.
      if (this.#coming.get(key) === coming) this.#coming.delete(key);
    };
    value.then((decoded) => {
      if (bytes > 0) this.#cache.set(key, decoded, bytes * DECODED_FACTOR);
      end();
    }, end);
  }
}
