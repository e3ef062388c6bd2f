/**
 * A time limit joined to the caller's own signal. Refuses to blur the two: what
 * failed because time ran out says so, what the caller aborted rejects with the
 * caller's reason.
 */
/** The longest that a timer can be, 24 days; beyond, it would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that aborts when `signal` does, after `milliseconds`, and
 * when all is over, so that no unread response keeps its connection.
 * @throws what `late` makes when time runs out, or the reason of `signal`, even when
 * `work` ignores its signal.
 */
export async function withDeadline<T>(
  milliseconds: number,
  late: () => Error,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  if (milliseconds <= 0) throw late();
  // By hand: AbortSignal.any is missing before Node 20.3 and Chromium 116.
  const controller = new AbortController();
  const { signal: ended } = controller;
  const stopped = new Promise<never>((_, reject) => {
    ended.addEventListener('abort', () => {
      reject(ended.reason as Error);
    });
  });
  const forward = (): void => {
    controller.abort(signal?.reason);
  };
  signal?.addEventListener('abort', forward);
  const end = (): void => {
    controller.abort(late());
  };
  const timer = setTimeout(end, Math.min(milliseconds, LONGEST_MS));
  try {
    return await Promise.race([work(ended), stopped]);
  } catch (error) {
    // Whatever the abort made `work` throw, its cause is what the caller must know.
    ended.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
    controller.abort();
  }
}
