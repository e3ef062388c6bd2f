/** An error of the host's making, which says where docs/hosting.md tells how to mend it. */
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
