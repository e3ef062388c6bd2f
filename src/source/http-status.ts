/**
 * What an HTTP status means to a reader of a published tree. Refuses everything but
 * the one status that was asked for.
 */
import { CartoError, type CartoErrorCode } from '../errors.ts';

const CODES: ReadonlyMap<number, CartoErrorCode> = new Map<number, CartoErrorCode>([
  [401, 'AccessDenied'],
  [403, 'AccessDenied'],
  [404, 'NotFound'],
  [408, 'HostFault'],
  [410, 'NotFound'],
  [416, 'NotOurFile'],
  [429, 'HostFault'],
]);

const MEANINGS: ReadonlyMap<CartoErrorCode, string> = new Map<CartoErrorCode, string>([
  ['AccessDenied', 'the host refuses access'],
  ['NotFound', 'the host has no such file; if a newer tree was published, open it again'],
  ['NotOurFile', 'the file is shorter at the host than the catalogue says; its upload may be incomplete'],
  ['HostFault', 'the host fails or asks to wait'],
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
  const details = { file: url, httpStatus: status, retryAfterMs: retryAfter(response) };
  const code = CODES.get(status) ?? (status >= 500 ? 'HostFault' : undefined);
  if (code !== undefined) {
    return new CartoError(code, `${url}: ${MEANINGS.get(code) ?? ''} (status ${status})`, details);
  }
  if (isWebPage(response)) {
    return new CartoError(
      'NotOurFile',
      `${url}: expected data, found a web page (status ${status})`,
      details,
    );
  }
  return new CartoError('HostFault', `${url}: unexpected status ${status}`, details);
}
