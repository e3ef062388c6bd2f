/**
 * Which addresses are asked: https, of the producers, whatever a catalogue or a redirect
 * says. A catalogue is not to make this machine ask others, or itself.
 */
import { hopeless } from './trouble.ts';

/** Their hosts and all below: `static.data.gouv.fr` of `gouv.fr`. */
const PRODUCERS = ['gouv.fr', 'geopf.fr', 'ign.fr', 'laposte.fr', 'opendatarchives.fr'];

function isOfProducer(host: string): boolean {
  return PRODUCERS.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function fault(url: URL): string | null {
  if (url.protocol !== 'https:') return `${url.protocol.slice(0, -1)} is not https`;
  if (url.username !== '' || url.password !== '') return 'it holds a password';
  if (url.port !== '') return 'it names a port';
  return isOfProducer(url.hostname) ? null : `${url.hostname} is no producer's host`;
}

/**
 * `text`, relative to `base` when it is a redirect's.
 * @throws Trouble that no attempt mends, when it may not be asked.
 */
export function addressOf(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw hopeless(`${text} is no address`);
  const url = new URL(text, base);
  const why = fault(url);
  if (why === null) return url;
  throw hopeless(
    base === undefined ? `not asked: ${why}` : `a redirect to ${url.href} is not followed: ${why}`,
  );
}

/** Where the request of `url` really goes: elsewhere in tests alone. */
export function routed(url: URL, origins: ReadonlyMap<string, string>): URL {
  const origin = origins.get(url.origin);
  return origin === undefined ? url : new URL(origin + url.pathname + url.search);
}
