/** What one query may cost, and has cost. Refuses a request before it is made. */
import { CartoError } from '../errors.ts';

/** Ceilings of one query; `Infinity` for none. */
export interface QueryLimits {
  /** Bytes asked of the host. */
  readonly maxBytes: number;
  readonly maxRequests: number;
  /** From the first read to the last. */
  readonly maxMs: number;
}

export class Meter {
  requests = 0;
  bytes = 0;
  readonly #limits: QueryLimits;
  #start = performance.now();

  constructor(limits: QueryLimits) {
    this.#limits = limits;
  }

  /** Whether so much more may be asked for; counts it if so. */
  mayTake(requests: number, bytes: number): boolean {
    const { maxRequests, maxBytes } = this.#limits;
    if (this.requests + requests > maxRequests || this.bytes + bytes > maxBytes) return false;
    this.requests += requests;
    this.bytes += bytes;
    return true;
  }

  /** @throws CartoError `TooCostly`, or `Timeout` when no time is left. */
  take(requests: number, bytes: number): void {
    if (this.left <= 0) throw this.late();
    if (this.mayTake(requests, bytes)) return;
    const { maxRequests, maxBytes } = this.#limits;
    const needs = { requests: this.requests + requests, bytes: this.bytes + bytes };
    throw new CartoError(
      'TooCostly',
      `the query needs ${needs.requests} requests and ${needs.bytes} bytes or more, ` +
        `its ceilings are maxRequests ${maxRequests} and maxBytes ${maxBytes}`,
      { ...needs, maxRequests, maxBytes },
    );
  }

  /** Milliseconds that are left. */
  get left(): number {
    return this.#limits.maxMs - (performance.now() - this.#start);
  }

  /** Leaves out of the time what the caller took between two values of a stream. */
  pardon(milliseconds: number): void {
    this.#start += milliseconds;
  }

  readonly late = (): CartoError => {
    const { maxMs } = this.#limits;
    return new CartoError('Timeout', `the query took longer than its ceiling, maxMs ${maxMs}`, { maxMs });
  };
}
