/** What a status means for whoever wants a file: a bad moment, gone, refused. */

/** Elsewhere, where a header says. */
export const MOVED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Statuses of a bad moment: another attempt may do better. */
export const PASSING: ReadonlySet<number> = new Set([
  ...[408, 421, 425, 429, 500, 502, 503, 504],
  ...[520, 521, 522, 523, 524],
]);
export const TOO_MANY_REQUESTS = 429;
export const GONE: ReadonlySet<number> = new Set([404, 410]);
/** Somebody answers, and gives nothing to this machine or to this client. */
export const REFUSING: ReadonlySet<number> = new Set([401, 403, 451]);
