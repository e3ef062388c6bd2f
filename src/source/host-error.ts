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

type Meaning = readonly [statuses: string, code: CartoErrorCode, section: HostingSection, hint?: string];

const FAILS: Meaning = ['', 'HostFault', 'failures'];
const MEANINGS: readonly Meaning[] = [
  // A web page: the fallback of a one-page site, or a login. Who has data does not come here.
  ['200', 'NotOurFile', 'web-pages'],
  ['401 403', 'AccessDenied', 'access'],
  ['404 410', 'NotFound', 'missing', '; if a newer tree was published, open it again'],
  // The file is shorter than the catalogue says, or compressed.
  ['416', 'NotOurFile', 'uploads'],
];

/** The error of a response that does not hold what was asked for. */
export function statusError(url: string, { status, headers }: Response): CartoError {
  // Of a status in no row: the host fails, or asks to wait.
  const [, code, section, hint = ''] = MEANINGS.find(([statuses]) => statuses.includes(`${status}`)) ?? FAILS;
  const after = headers.get('Retry-After') ?? '';
  // Seconds or a date, in milliseconds from now; nothing for now.
  const retryAfterMs = Math.max(0, Number(after) * 1000 || Date.parse(after) - Date.now()) || undefined;
  const what = `expected data, found status ${status}, ${headers.get('Content-Type') ?? 'no type'}${hint}`;
  return hostError(code, url, what, section, { httpStatus: status, retryAfterMs });
}

/** Refuses for a request that got no answer. */
export function unreached(url: string, cause: unknown): never {
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
  const isOffline = navigator?.onLine === false;
  throw hostError(
    isOffline ? 'Offline' : 'HostFault',
    url,
    isOffline
      ? 'this device is offline'
      : 'cannot be reached, does not let this page read it, or compresses a range',
    isOffline ? 'failures' : 'cors',
    {},
    cause,
  );
}
