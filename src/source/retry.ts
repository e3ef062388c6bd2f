/**
 * A second attempt for what may pass: a host that fails once, a body cut short, a
 * stall. Refuses to try what will fail again, or more often than once.
 */
import { isCartoError } from '../errors.ts';
import { pause } from './deadline.ts';
import type { TreeSource } from './range.ts';

/** Long enough for a proxy to drop a dead connection, short enough not to be felt as an outage. */
const DELAY_MS = 200;
/** A host that asks for a longer wait than this is down for someone who waits for a map. */
const LONGEST_DELAY_MS = 5000;

async function twice<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isCartoError(error) || !error.retryable) throw error;
    const { retryAfterMs } = error.details;
    const delay = typeof retryAfterMs === 'number' ? retryAfterMs : DELAY_MS;
    if (delay > LONGEST_DELAY_MS) throw error;
    await pause(delay, signal);
    return work();
  }
}

/** `tree`, with every transient failure tried once more. */
export function retrying(tree: TreeSource): TreeSource {
  return {
    base: tree.base,
    whole: (path, signal) => twice(signal, () => tree.whole(path, signal)),
    open(path, fileLength) {
      const file = tree.open(path, fileLength);
      return {
        name: file.name,
        read: (offset, length, signal) => twice(signal, () => file.read(offset, length, signal)),
      };
    },
  };
}
