/** How long to wait between two attempts. */
import type { Tuning } from './settings.ts';

/**
 * `Retry-After` in milliseconds: seconds or a date; `null` when it is neither.
 * @param header as it came.
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** The pause before attempt `failures` + 1: doubled each time, and half of it drawn by lot. */
export function pauseMs(failures: number, tuning: Tuning): number {
  const whole = Math.min(tuning.firstPauseMs * 2 ** (failures - 1), tuning.longestPauseMs);
  return whole * (0.5 + tuning.random() / 2);
}
