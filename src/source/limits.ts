/** What one query may cost, and has cost. Refuses a request before it is made. */
import { CartoError } from '../errors.ts';
import { withDeadline } from './deadline.ts';

/** Ceilings of one query; `Infinity` for none. */
export interface QueryLimits {
  /** Bytes asked of the host. */
  readonly maxBytes: number;
  readonly maxRequests: number;
  /** From the first read to the last. */
  readonly maxMs: number;
}

export interface Meter {
  /** What was paid so far. */
  readonly cost: { readonly requests: number; readonly bytes: number };
  /** Pays for so much more; else gives the error `TooCostly`. */
  pay(requests: number, bytes: number): CartoError | undefined;
  /** Runs `work` in the time that is left. @throws CartoError `Timeout`, or the reason of the signal. */
  timed<T>(work: () => Promise<T>): Promise<T>;
}

export function openMeter(
  { maxRequests, maxBytes, maxMs }: QueryLimits,
  signal: AbortSignal | undefined,
): Meter {
  let end = performance.now() + maxMs;
  const cost = { requests: 0, bytes: 0 };
  const refusal = (code: 'TooCostly' | 'Timeout', needs: Meter['cost']): CartoError => {
    const details = { ...needs, maxRequests, maxBytes, maxMs };
    return new CartoError(code, `the query would pass a ceiling: ${JSON.stringify(details)}`, details);
  };
  return {
    cost,
    pay(requests, bytes) {
      const sum = { requests: cost.requests + requests, bytes: cost.bytes + bytes };
      if (sum.requests > maxRequests || sum.bytes > maxBytes) return refusal('TooCostly', sum);
      Object.assign(cost, sum);
      return undefined;
    },
    timed(work) {
      const late = (): CartoError => {
        // For good, though timers may be early.
        end = 0;
        return refusal('Timeout', cost);
      };
      return withDeadline(end - performance.now(), late, signal, work);
    },
  };
}
