/** The numbers that bound a download, and what they are by default. */
import { systemClock, type Clock } from './clock.ts';
import { userAgent } from './user-agent.ts';
import type { DownloadOptions } from './wanted.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What tests turn, and nobody else. */
export interface Tuning {
  readonly clock: Clock;
  /** In [0, 1): spreads the pauses. */
  readonly random: () => number;
  /** Attempts without progress before a file is given up. */
  readonly tries: number;
  /** Of the pauses between attempts, doubling from the first to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** `Retry-After` is obeyed up to here. */
  readonly longestRetryAfterMs: number;
  /** For one file, all attempts together. */
  readonly deadlineMs: number;
  /** Until a connection stands, and until the headers are there. */
  readonly answerMs: number;
  /** A transfer that brings fewer bytes in this time is cut. */
  readonly slow: { readonly bytes: number; readonly windowMs: number };
  /** No file is larger. */
  readonly maxBytes: number;
  readonly redirects: number;
  /** Free bytes to leave on the disk. */
  readonly spareBytes: number;
}

const DEFAULTS: Tuning = {
  clock: systemClock,
  random: Math.random,
  tries: 6,
  firstPauseMs: SECOND,
  longestPauseMs: MINUTE,
  longestRetryAfterMs: 5 * MINUTE,
  deadlineMs: 12 * 60 * MINUTE,
  answerMs: MINUTE,
  // 1 kB a second over half a minute: curl's --speed-limit and --speed-time in one.
  slow: { bytes: 30_000, windowMs: 30 * SECOND },
  maxBytes: 64e9,
  redirects: 5,
  spareBytes: 256e6,
};

export interface Settings extends Tuning {
  readonly store: string;
  readonly lock: string;
  readonly userAgent: string;
  readonly perSecond: number;
  readonly parallel: number;
  readonly offline: boolean;
  readonly signal: AbortSignal | undefined;
  readonly origins: ReadonlyMap<string, string>;
}

export function settingsOf(options: DownloadOptions, tuning: Partial<Tuning> = {}): Settings {
  return {
    ...DEFAULTS,
    ...tuning,
    store: options.store,
    lock: options.lock,
    userAgent: options.userAgent ?? userAgent(),
    perSecond: options.perSecond ?? 4,
    parallel: options.parallel ?? 4,
    offline: options.offline ?? false,
    signal: options.signal,
    origins: options.origins ?? new Map(),
  };
}
