/**
 * What an HTTP status means to a reader of a published tree. Refuses everything but
 * the one status that was asked for.
 */
import type { CartoError, CartoErrorCode } from '../errors.ts';
import { hostError, type HostingSection } from './host-error.ts';

type Meaning = readonly [CartoErrorCode, string, HostingSection];

const ACCESS: Meaning = ['AccessDenied', 'the host refuses access', 'access'];
const MISSING: Meaning = [
  'NotFound',
  'the host has no such file; if a newer tree was published, open it again',
  'missing',
];
const SHORTER: Meaning = [
  'NotOurFile',
  'the file is shorter at the host than the catalogue says, or is compressed on the way',
  'uploads',
];
const FAILS: Meaning = ['HostFault', 'the host fails or asks to wait', 'failures'];
const PAGE: Meaning = ['NotOurFile', 'expected data, found a web page', 'web-pages'];
const UNEXPECTED: Meaning = ['HostFault', 'unexpected answer', 'failures'];

const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [401, ACCESS],
  [403, ACCESS],
  [404, MISSING],
  [408, FAILS],
  [410, MISSING],
  [416, SHORTER],
  [429, FAILS],
]);

/** Seconds or a date, in milliseconds from now. */
function retryAfter(response: Response): number | undefined {
  const value = response.headers.get('Retry-After');
  if (value === null) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** Whether the body is a web page: a host's error page, or the fallback of a one-page site. */
export function isWebPage(response: Response): boolean {
  return (response.headers.get('Content-Type') ?? '').toLowerCase().startsWith('text/html');
}

/** The error of a response that is not the one asked for. */
export function statusError(url: string, response: Response): CartoError {
  const { status } = response;
  const fallback = status >= 500 ? FAILS : isWebPage(response) ? PAGE : UNEXPECTED;
  const [code, what, section] = MEANINGS.get(status) ?? fallback;
  const details = { httpStatus: status, retryAfterMs: retryAfter(response) };
  return hostError(code, url, `${what} (status ${status})`, section, details);
}
