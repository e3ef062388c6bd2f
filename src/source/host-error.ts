/**
 * Errors of the host's making, which say where docs/hosting.md tells how to mend them; and
 * what an HTTP status means to a reader of a published tree.
 */
import { CartoError, type CartoErrorCode, type CartoErrorDetails } from '../errors.ts';

/** The headings of docs/hosting.md. */
export type HostingSection =
  'access' | 'compression' | 'cors' | 'failures' | 'missing' | 'ranges' | 'uploads' | 'web-pages';

/** @param what - what was expected and what was found, without the file's name. */
export function hostError(
  code: CartoErrorCode,
  file: string,
  what: string,
  section: HostingSection,
  details?: CartoErrorDetails,
  cause?: unknown,
): CartoError {
  const help = `docs/hosting.md#${section}`;
  return new CartoError(code, `${file}: ${what}; see ${help}`, { file, ...details, help }, cause);
}

type Meaning = readonly [statuses: string, code: CartoErrorCode, what: string, section: HostingSection];

const FAILS: Meaning = ['', 'HostFault', 'the host fails or asks to wait', 'failures'];
const MEANINGS: readonly Meaning[] = [
  // The fallback of a one-page site, or a login: who has data does not come here.
  ['200', 'NotOurFile', 'expected data, found a web page', 'web-pages'],
  ['401 403', 'AccessDenied', 'the host refuses access', 'access'],
  ['404 410', 'NotFound', 'no such file; if a newer tree was published, open it again', 'missing'],
  ['416', 'NotOurFile', 'shorter than the catalogue says, or compressed on the way', 'uploads'],
];

/** Seconds or a date, in milliseconds from now; nothing for now. */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After') ?? '';
  return Math.max(0, Number(value) * 1000 || Date.parse(value) - Date.now()) || undefined;
}

/** The error of a response that does not hold what was asked for. */
export function statusError(url: string, response: Response): CartoError {
  const { status } = response;
  const [, code, what, section] = MEANINGS.find(([statuses]) => statuses.includes(`${status}`)) ?? FAILS;
  const details = { httpStatus: status, retryAfterMs: retryAfter(response) };
  return hostError(code, url, `${what} (status ${status})`, section, details);
}
