/** One process at a time: the second waits until the first is done, or gone. */
import { lock } from '../build/lock.ts';
import { PipelineError } from '../errors.ts';
import type { Clock } from './clock.ts';

const POLL_MS = 250;

export interface Claim {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Called once, when another holds it. */
  readonly onWait?: () => void;
}

/** Takes `folder` and gives what releases it. */
async function claim(folder: string, { clock, signal, onWait }: Claim): Promise<() => void> {
  for (let waited = false; ; waited = true) {
    try {
      return lock(folder);
    } catch (error) {
      if (!(error instanceof PipelineError && error.code === 'Busy')) throw error;
      if (!waited) onWait?.();
      await clock.sleep(POLL_MS, signal);
    }
  }
}

/** Runs `work` while no other process, and nothing else of this one, holds `folder`. */
export async function alone<T>(folder: string, options: Claim, work: () => T | Promise<T>): Promise<T> {
  const release = await claim(folder, options);
  try {
    return await work();
  } finally {
    release();
  }
}
