/** Attempt after attempt, with a pause between, until it works or is not worth another. */
import { PipelineError, type Where } from '../errors.ts';
import { pauseMs } from './back-off.ts';
import type { Settings } from './settings.ts';
import { Trouble } from './trouble.ts';

export interface Persistence {
  readonly settings: Settings;
  /** Said in the error. */
  readonly url: string;
  readonly where: Where;
  /** Whether the attempt that failed has brought the file forward: then the count starts anew. */
  readonly moved?: () => boolean;
  readonly onPause?: (why: string) => void;
  /** At most so many attempts, whatever the trouble is worth. */
  readonly tries?: number;
  /** More words for the error. */
  readonly epilogue?: string;
}

function giveUp(
  trouble: Trouble,
  attempts: number,
  { url, where, epilogue = '' }: Persistence,
): PipelineError {
  const count = attempts > 1 ? `; tried ${attempts} times` : '';
  return new PipelineError(trouble.code, `${url}: ${trouble.message}${count}${epilogue}`, where, trouble);
}

/**
 * What `attempt` gives, at the first attempt that throws no trouble.
 * @throws PipelineError of the last trouble; anything that is no trouble, at once.
 */
export async function persist<T>(attempt: () => Promise<T>, persistence: Persistence): Promise<T> {
  const { settings, moved, onPause, tries = Infinity } = persistence;
  const { clock, signal } = settings;
  const deadline = clock.now() + settings.deadlineMs;
  let attempts = 0;
  /** Since it last moved. */
  let troubles: Trouble[] = [];
  for (;;) {
    try {
      attempts += 1;
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Trouble)) throw error;
      troubles = moved?.() === true ? [error] : [...troubles, error];
      const alike = troubles.filter(({ code }) => code === error.code).length;
      const isEnough = alike >= error.tries || troubles.length >= Math.min(tries, settings.tries);
      const pause = Math.max(error.waitMs ?? 0, pauseMs(troubles.length, settings));
      if (isEnough || clock.now() + pause > deadline) throw giveUp(error, attempts, persistence);
      onPause?.(error.message);
      await clock.sleep(pause, signal);
    }
  }
}
