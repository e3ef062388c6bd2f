/**
 * A published tree behind HTTP, read by plain ranges. Refuses whatever is not the
 * very bytes asked for: another range, a whole large file, an encoded or short body, a
 * web page. One attempt a call; `retry.ts` makes the second.
 */
import { CartoError } from '../errors.ts';
import { bodyOf } from './body.ts';
import { withDeadline } from './deadline.ts';
import { hostError, statusError } from './host-error.ts';
import type { FileRef, TreeSource } from './range.ts';

export interface HttpOptions {
  readonly fetch: typeof fetch;
  /** For one request, from its start to the last byte of its body. */
  readonly timeoutMs: number;
}

/** Of a file read whole: far above the catalogue of all France, far below what hurts a tab. */
const WHOLE_CEILING = 64 * 1024 * 1024;
/** A file that comes whole where a range was asked for is taken up to this length. */
const SMALL_BYTES = 64 * 1024;

/** What reads the answer to a request. */
type Take = (url: string, response: Response) => Promise<Uint8Array>;

/** Whether the answer is a file: a web page is none of ours, whatever its status says. */
function isFile({ status, headers }: Response): boolean {
  return status === 200 && !/^text\/html/i.test(headers.get('Content-Type') ?? '');
}

async function takeWhole(url: string, response: Response): Promise<Uint8Array> {
  if (isFile(response)) return bodyOf(url, response, WHOLE_CEILING, 0);
  throw statusError(url, response);
}

function taking(file: FileRef, offset: number, length: number): Take {
  return async (url, response) => {
    const { status, headers } = response;
    const encoding = headers.get('Content-Encoding') ?? 'identity';
    const isPlain = encoding === 'identity';
    if (isFile(response)) {
      // The same bytes, and some more that cost little.
      if (file.length <= Math.max(SMALL_BYTES, length)) {
        return (await bodyOf(url, response, file.length)).slice(offset, offset + length);
      }
      const what = `expected ${length} bytes, the host ignores ranges and sends the whole file (${encoding})`;
      throw hostError('RangeNotSupported', url, what, isPlain ? 'ranges' : 'compression');
    }
    if (status !== 206) throw statusError(url, response);
    // A part of a compressed file is no part of the file; Node waits for ever for its end.
    if (!isPlain) {
      const what = `expected the bytes as they are stored, found a part of their ${encoding} form`;
      throw hostError('WrongRange', url, what, 'compression', { encoding });
    }
    // Hosts that do not expose the header across origins leave only lengths and checksums.
    const found = headers.get('Content-Range') ?? `bytes ${offset}-/*`;
    const what = `expected bytes ${offset}-${offset + length - 1}/${file.length}, found ${found}`;
    if (![`${file.length}`, '*'].includes(found.replace(/.*\//, ''))) {
      throw hostError('NotOurFile', url, `not the file that the catalogue names: ${what}`, 'uploads');
    }
    // Where it ends, the body tells.
    if (!found.startsWith(`bytes ${offset}-`)) throw hostError('WrongRange', url, what, 'ranges');
    return bodyOf(url, response, length);
  };
}

function unreached(url: string, cause: unknown): CartoError {
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
  if (navigator?.onLine === false) {
    return new CartoError('Offline', `${url}: this device is offline`, { file: url }, cause);
  }
  const what = 'the host cannot be reached, does not let this page read it, or compresses a range';
  return hostError('HostFault', url, what, 'cors', {}, cause);
}

/** The tree at `base`, an http or https address that ends in a slash. */
export function httpTree(base: URL, { fetch, timeoutMs }: HttpOptions): TreeSource {
  const read = (
    path: string,
    init: RequestInit,
    take: Take,
    signal: AbortSignal | undefined,
    fresh = false,
  ): Promise<Uint8Array> => {
    const url = new URL(path, base).href;
    const late = (): CartoError =>
      hostError('Timeout', url, `no answer within ${timeoutMs} ms`, 'failures', { timeoutMs });
    return withDeadline(timeoutMs, late, signal, async (limited) => {
      // Static hosts ignore a query; caches on the way take it for another file.
      const [asked, past] = fresh ? [`${url}?fresh=${Date.now()}`, { cache: 'reload' } as const] : [url];
      const response = await fetch(asked, { ...init, ...past, signal: limited }).catch((error: unknown) => {
        throw unreached(url, error);
      });
      return take(url, response);
    });
  };
  return {
    base: base.href,
    // What is named by its content may come from a cache; the catalogue only if it is still good.
    whole: (path, signal, fresh) =>
      read(path, { cache: /\.[0-9a-f]{16}\./.test(path) ? 'default' : 'no-cache' }, takeWhole, signal, fresh),
    // A plain `bytes=a-b` needs no preflight. `no-store`: Chromium lets one request at a
    // time write the cache entry of a URL, so ranges of one file would queue.
    range: (file, offset, length, signal, fresh) =>
      read(
        file.path,
        { headers: { Range: `bytes=${offset}-${offset + length - 1}` }, cache: 'no-store' },
        taking(file, offset, length),
        signal,
        fresh,
      ),
  };
}
