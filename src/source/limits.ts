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

export interface Meter {
  readonly requests: number;
  readonly bytes: number;
  /** Whether so much more may be asked for; counts it if so. */
  mayTake(requests: number, bytes: number): boolean;
  /** Counts it. @throws CartoError `TooCostly`. */
  take(requests: number, bytes: number): void;
}

export function openMeter({ maxRequests, maxBytes }: QueryLimits): Meter {
  let spent = { requests: 0, bytes: 0 };
  const added = (requests: number, bytes: number): typeof spent => ({
    requests: spent.requests + requests,
    bytes: spent.bytes + bytes,
  });
  const mayTake = (requests: number, bytes: number): boolean => {
    const sum = added(requests, bytes);
    const fits = sum.requests <= maxRequests && sum.bytes <= maxBytes;
    if (fits) spent = sum;
    return fits;
  };
  return {
    get requests() {
      return spent.requests;
    },
    get bytes() {
      return spent.bytes;
    },
    mayTake,
    take(requests, bytes) {
      if (mayTake(requests, bytes)) return;
      const details = { ...added(requests, bytes), maxRequests, maxBytes };
      const message = `the query would pass its ceilings: ${JSON.stringify(details)}`;
      throw new CartoError('TooCostly', message, details);
    },
  };
}
