/**
 * A second attempt where one can help: after a pause for what may pass, past every
 * cache for what should not have come. Refuses to try what will fail again, or more
 * often than once.
 */
import { isCartoError } from '../errors.ts';
import { pause } from './deadline.ts';

/** Long enough for a proxy to drop a dead connection, short enough not to be felt as an outage. */
const DELAY_MS = 200;
/** A host that asks for a longer wait than this is down for someone who waits for a map. */
const LONGEST_DELAY_MS = 5000;

interface Second {
  readonly fresh: boolean;
  readonly delayMs: number;
}

function secondAfter(error: unknown): Second | undefined {
  if (isCartoError(error, 'Truncated', 'WrongRange', 'NotOurFile', 'CorruptFile')) {
    return { fresh: true, delayMs: 0 };
  }
  if (!isCartoError(error) || !error.retryable) return undefined;
  const { retryAfterMs } = error.details;
  // Spread, so that those whom one failure hit do not come back as one.
  const delayMs = typeof retryAfterMs === 'number' ? retryAfterMs : DELAY_MS * (0.5 + Math.random());
  return delayMs > LONGEST_DELAY_MS ? undefined : { fresh: false, delayMs };
}

/**
 * What `work` gives, or gives when it is tried once more.
 * @param mayRepeat - whether the query can pay for it; counts it as paid.
 */
export async function twice<T>(
  signal: AbortSignal | undefined,
  mayRepeat: () => boolean,
  work: (fresh: boolean) => Promise<T>,
): Promise<T> {
  try {
    return await work(false);
  } catch (error) {
    signal?.throwIfAborted();
    const second = secondAfter(error);
    if (second === undefined || !mayRepeat()) throw error;
    await pause(second.delayMs, signal);
    return work(second.fresh);
  }
}
