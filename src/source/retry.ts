/**
 * A second attempt where one can help: after a pause for what may pass, past every
 * cache for what should not have come. Refuses to try what will fail again, or more
 * often than once.
 */
import { isCartoError, type CartoErrorCode } from '../errors.ts';

/** Long enough for a proxy to drop a dead connection, short enough not to be felt as an outage. */
const DELAY_MS = 200;
/** A host that asks for a longer wait than this is down for someone who waits for a map. */
const LONGEST_DELAY_MS = 5000;
/** Of bytes that are not those asked for: a cache on the way may be at fault. */
const OTHER_BYTES: readonly CartoErrorCode[] = ['Truncated', 'WrongRange', 'NotOurFile', 'CorruptFile'];

/** Waits, unless `signal` aborts: then rejects with its reason. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer;
  await new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', resolve);
  });
  clearTimeout(timer);
  signal.throwIfAborted();
}

/**
 * What `work` gives, or gives when it is tried once more.
 * @param signal - aborts the pause between the two.
 * @param mayRepeat - whether the query can pay for it; counts it as paid.
 */
export async function twice<T>(
  signal: AbortSignal,
  mayRepeat: () => boolean,
  work: (fresh: boolean) => Promise<T>,
): Promise<T> {
  try {
    return await work(false);
  } catch (error) {
    signal.throwIfAborted();
    if (!isCartoError(error)) throw error;
    const fresh = OTHER_BYTES.includes(error.code);
    // Spread, so that those whom one failure hit do not come back as one.
    const { retryAfterMs = DELAY_MS * (0.5 + Math.random()) } = error.details;
    const delayMs = fresh ? 0 : error.retryable ? Number(retryAfterMs) : Infinity;
    if (delayMs > LONGEST_DELAY_MS || !mayRepeat()) throw error;
    await pause(delayMs, signal);
    return work(fresh);
  }
}
