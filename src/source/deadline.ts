/**
 * A time limit joined to the caller's own signal. Refuses to blur the two: what
 * failed because time ran out says so, what the caller aborted rejects with the
 * caller's reason.
 */
import type { CartoError } from '../errors.ts';

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  await aborted(signal);
  signal.throwIfAborted();
  throw new Error('a signal fired that is not aborted');
}

/** The longest that a timer can be; beyond, it would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that aborts when `signal` does, after `milliseconds`, and
 * when all is over, so that no unread response keeps its connection.
 * @throws what `late` makes when time runs out, or the reason of `signal`, even when
 * `work` ignores its signal.
 */
export async function withDeadline<T>(
  milliseconds: number,
  late: () => CartoError,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  if (milliseconds <= 0) throw late();
  // By hand: AbortSignal.any is missing before Node 20.3 and Chromium 116.
  const controller = new AbortController();
  const end = (): void => {
    controller.abort(late());
  };
  const timer = milliseconds > LONGEST_MS ? undefined : setTimeout(end, milliseconds);
  const forward = (): void => {
    controller.abort(signal?.reason);
  };
  signal?.addEventListener('abort', forward);
  try {
    return await Promise.race([work(controller.signal), rejectOnAbort(controller.signal)]);
  } catch (error) {
    // Whatever the abort made `work` throw, its cause is what the caller must know.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
    controller.abort();
  }
}

/** Waits, unless `signal` aborts: then rejects with its reason. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
    if (signal?.aborted === true) end();
  });
  signal?.throwIfAborted();
}
