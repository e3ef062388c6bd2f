/**
 * A producer's catalogue while it is read: who and where. What is not as expected is
 * refused with both and with what was found; nothing is guessed.
 */
import { PipelineError } from '../../errors.ts';
import { HOSTS } from './addresses.ts';

export interface At {
  /** `IGN (Géoplateforme)`. */
  readonly producer: string;
  readonly url: string;
}

export function refuse({ producer, url }: At, what: string): never {
  throw new PipelineError('BadCatalogue', what, { source: producer, member: url });
}

/** A few names for a message, and how many more. */
export function listed(names: readonly string[], most = 6): string {
  const rest = names.length - most;
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** `href` as an address, relative to `base`; `null` when it is none. */
export function addressOf(href: string, base: string): URL | null {
  return URL.canParse(href, base) ? new URL(href, base) : null;
}

/**
 * The address that a catalogue links to, made absolute.
 * @throws PipelineError `BadCatalogue` when it is not https or leads to a host that no producer has here.
 */
export function linked(href: string, at: At): string {
  const url = addressOf(href, at.url);
  if (url === null) return refuse(at, `a link that is no address: ${href}`);
  if (url.protocol !== 'https:') return refuse(at, `a link that is not https: ${url.href}`);
  if (!HOSTS.includes(url.host))
    return refuse(at, `a link to ${url.host}, where no producer is known: ${url.href}`);
  return url.href;
}

/** The file name at the end of an address. */
export function fileNameOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
}
