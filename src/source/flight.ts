/**
 * A request under way that several queries may wait for. Ends when the last of them
 * has gone, not before; what failed is asked again by who comes next.
 */
import { isCartoError } from '../errors.ts';
import { twice } from './retry.ts';

/** One request; `fresh`: past every cache. */
export type Send = (signal: AbortSignal, fresh: boolean) => Promise<Uint8Array>;

export class Flight {
  readonly #controller = new AbortController();
  readonly #send: Send;
  readonly #mayRepeat: () => boolean;
  readonly #first: Promise<Uint8Array>;
  #fresh: Promise<Uint8Array> | undefined;
  #waiting = 0;

  /** @param mayRepeat - whether the query that asks can pay for a second request. */
  constructor(mayRepeat: () => boolean, send: Send) {
    const { signal } = this.#controller;
    this.#send = send;
    this.#mayRepeat = mayRepeat;
    this.#first = twice(signal, mayRepeat, (fresh) => send(signal, fresh));
    // Whoever waits hears of a failure; when nobody does, nobody needs to.
    this.#first.catch(() => undefined);
  }

  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  join(): void {
    this.#waiting += 1;
  }

  leave(): void {
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#controller.abort();
  }

  /** Decodes by `decode`; once more from fresh bytes, the same for all, when these fail its checks. */
  async decoded<T>(decode: (bytes: Uint8Array) => T | Promise<T>): Promise<T> {
    const bytes = await this.#first;
    try {
      return await decode(bytes);
    } catch (error) {
      if (!isCartoError(error, 'CorruptFile', 'NotOurFile', 'Truncated')) throw error;
      if (this.#fresh === undefined && !this.#mayRepeat()) throw error;
      this.#fresh ??= this.#send(this.#controller.signal, true);
      return decode(await this.#fresh);
    }
  }
}
