/**
 * A published tree behind HTTP, read by plain ranges. Refuses whatever is not the
 * very bytes asked for: another range, a whole large file, an encoded or short body, a
 * web page. One attempt a call; `retry.ts` makes the second.
 */
import { CartoError } from '../errors.ts';
import { bodyOf, wholeBody } from './body.ts';
import { withDeadline } from './deadline.ts';
import { hostError } from './host-error.ts';
import { isWebPage, statusError } from './http-status.ts';
import type { TreeSource } from './range.ts';

export interface HttpOptions {
  readonly fetch: typeof fetch;
  /** For one request, from its start to the last byte of its body. */
  readonly timeoutMs: number;
}

/** Of a file read whole: far above the catalogue of all France, far below what hurts a tab. */
const WHOLE_CEILING = 64 * 1024 * 1024;
/** A file that comes whole where a range was asked for is taken up to this length. */
const SMALL_BYTES = 64 * 1024;

/** A range of a file of `fileLength` bytes. */
interface Range {
  readonly url: string;
  readonly offset: number;
  readonly length: number;
  readonly fileLength: number;
}

async function send(options: HttpOptions, url: string, init: RequestInit): Promise<Response> {
  try {
    // Through a variable: browsers refuse a `fetch` called as a method of something else.
    const { fetch } = options;
    return await fetch(url, init);
  } catch (error) {
    const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
    if (navigator?.onLine === false) {
      throw new CartoError('Offline', `${url}: this device is offline`, { file: url }, error);
    }
    const what = 'the host cannot be reached, does not let this page read it, or compresses a range';
    throw hostError('HostFault', url, what, 'cors', {}, error);
  }
}

/** A part of a compressed file is no part of the file; Node waits for ever for its end. */
function checkEncoding({ url }: Range, response: Response): void {
  const encoding = response.headers.get('Content-Encoding') ?? 'identity';
  if (encoding === 'identity') return;
  const what = `expected the bytes as they are stored, found a part of their ${encoding} form`;
  throw hostError('WrongRange', url, what, 'compression', { encoding });
}

/** Hosts that do not expose the header across origins leave only lengths and checksums. */
function checkContentRange({ url, offset, length, fileLength }: Range, response: Response): void {
  const header = response.headers.get('Content-Range');
  if (header === null) return;
  const wanted = `bytes ${offset}-${offset + length - 1}/${fileLength}`;
  const what = `expected ${wanted}, found ${header}`;
  if (header === wanted || header === wanted.replace(/\d+$/, '*')) return;
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header) ?? [];
  if (total !== undefined && total !== '*' && Number(total) !== fileLength) {
    throw hostError('NotOurFile', url, `not the file that the catalogue names: ${what}`, 'uploads');
  }
  const isShort = Number(first) === offset && Number(last) < offset + length;
  throw hostError(isShort ? 'Truncated' : 'WrongRange', url, what, 'ranges');
}

async function bytesOf(range: Range, response: Response): Promise<Uint8Array> {
  const { url, offset, length, fileLength } = range;
  if (response.status === 200 && !isWebPage(response)) {
    // The same bytes, and some more that cost little.
    if (fileLength <= Math.max(SMALL_BYTES, length)) {
      return (await bodyOf(url, response, fileLength)).slice(offset, offset + length);
    }
    const encoding = response.headers.get('Content-Encoding');
    const what = `expected ${length} bytes, the host ignores ranges and sends the whole file`;
    if (encoding === null) throw hostError('RangeNotSupported', url, what, 'ranges');
    throw hostError('RangeNotSupported', url, `${what} in its ${encoding} form`, 'compression');
  }
  if (response.status !== 206) throw statusError(url, response);
  checkEncoding(range, response);
  checkContentRange(range, response);
  return bodyOf(url, response, length);
}

/** The tree at `base`, an http or https address that ends in a slash. */
export function httpTree(base: URL, options: HttpOptions): TreeSource {
  const { timeoutMs } = options;
  const read = (
    path: string,
    init: RequestInit,
    [signal, fresh]: readonly [AbortSignal | undefined, boolean | undefined],
    take: (url: string, response: Response) => Promise<Uint8Array>,
  ): Promise<Uint8Array> => {
    const url = new URL(path, base).href;
    const late = (): CartoError =>
      hostError('Timeout', url, `no answer within ${timeoutMs} ms`, 'failures', { timeoutMs });
    // Static hosts ignore a query; caches on the way take it for another file.
    const asked = fresh === true ? `${url}?fresh=${Date.now()}` : url;
    return withDeadline(timeoutMs, late, signal, async (limited) =>
      take(url, await send(options, asked, { ...init, signal: limited })),
    );
  };
  return {
    base: base.href,
    whole(path, signal, fresh) {
      // What is named by its content may come from a cache; the catalogue only if it is still good.
      const cache = fresh === true ? 'reload' : /\.[0-9a-f]{16}\./.test(path) ? 'default' : 'no-cache';
      return read(path, { cache }, [signal, fresh], (url, response) => {
        if (response.status !== 200 || isWebPage(response)) throw statusError(url, response);
        return wholeBody(url, response, WHOLE_CEILING);
      });
    },
    range(file, offset, length, signal, fresh) {
      // A plain `bytes=a-b` needs no preflight. `no-store`: Chromium lets one request at a
      // time write the cache entry of a URL, so ranges of one file would queue.
      const headers = { Range: `bytes=${offset}-${offset + length - 1}` };
      const cache = fresh === true ? 'reload' : 'no-store';
      return read(file.path, { headers, cache }, [signal, fresh], (url, response) =>
        bytesOf({ url, offset, length, fileLength: file.length }, response),
      );
    },
  };
}
