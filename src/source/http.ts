/**
 * A published tree behind HTTP, read by plain ranges. Refuses whatever is not the
 * very bytes asked for: another range, a whole large file, an encoded or short body, a
 * web page. One attempt a call; `retry.ts` makes the second.
 */
import type { CartoErrorCode } from '../errors.ts';
import { drain } from '../format/drain.ts';
import { withDeadline } from './deadline.ts';
import { hostError, statusError, unreached, type HostingSection } from './host-error.ts';
import type { FileRef, TreeSource } from './range.ts';

export interface HttpOptions {
  readonly fetch: typeof fetch;
  /** For one request, from its start to the last byte of its body. */
  readonly timeoutMs: number;
}

/** Of a file read whole: far above the catalogue of all France, far below what hurts a tab. */
const WHOLE_CEILING = 2 ** 26;
/** A file that comes whole where a range was asked for is taken up to this length. */
const SMALL_BYTES = 2 ** 16;

/**
 * All of the body of a response, from `least` to `most` bytes.
 * @throws CartoError `Truncated` or `WrongRange`.
 */
async function bodyOf(url: string, response: Response, most: number, least = most): Promise<Uint8Array> {
  const bytes = await drain(response.body, most).catch((error: unknown) => {
    throw hostError('Truncated', url, 'the connection broke, or the encoding', 'failures', {}, error);
  });
  const { length } = bytes;
  if (length > most) throw hostError('WrongRange', url, `expected ${most} bytes, found more`, 'ranges');
  if (length >= least) return bytes;
  throw hostError('Truncated', url, `expected ${least} bytes, found ${length}`, 'failures');
}

/** Whether the answer is a file: a web page is none of ours, whatever its status says. */
function isFile({ status, headers }: Response): boolean {
  return status === 200 && !/^text\/html/i.test(headers.get('Content-Type') ?? '');
}

/** Takes the range of `file` that was asked for, or all of a small file. */
async function rangeOf(
  url: string,
  response: Response,
  file: FileRef,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const { status, headers } = response;
  const isWhole = isFile(response);
  if (isWhole && file.length <= Math.max(SMALL_BYTES, length)) {
    // The same bytes, and some more that cost little.
    return (await bodyOf(url, response, file.length)).slice(offset, offset + length);
  }
  if (!isWhole && status !== 206) throw statusError(url, response);
  const start = `bytes ${offset}-`;
  const wanted = `${start}${offset + length - 1}/${file.length}`;
  // Hosts that do not expose the header across origins leave only lengths and checksums.
  const found = headers.get('Content-Range') ?? wanted;
  const encoding = headers.get('Content-Encoding') ?? 'identity';
  const fault = ((): readonly [CartoErrorCode, HostingSection] | undefined => {
    // A part of a compressed file is no part of the file; Node waits for ever for its end.
    if (encoding !== 'identity') return [isWhole ? 'RangeNotSupported' : 'WrongRange', 'compression'];
    if (isWhole) return ['RangeNotSupported', 'ranges'];
    if (!['*', `${file.length}`].includes(found.replace(/.*\//, ''))) return ['NotOurFile', 'uploads'];
    // Where it ends, the body tells.
    return found.startsWith(start) ? undefined : ['WrongRange', 'ranges'];
  })();
  if (fault === undefined) return bodyOf(url, response, length);
  const what = `expected ${wanted}, found ${isWhole ? 'the whole file' : found}, encoding ${encoding}`;
  throw hostError(fault[0], url, what, fault[1]);
}

/** The tree at `base`, an http or https address that ends in a slash. */
export function httpTree(base: URL, { fetch, timeoutMs }: HttpOptions): TreeSource {
  const read = (
    path: string,
    init: RequestInit,
    signal: AbortSignal | undefined,
    fresh: boolean | undefined,
    take: (url: string, response: Response) => Promise<Uint8Array>,
  ): Promise<Uint8Array> => {
    const url = new URL(path, base).href;
    const late = (): Error =>
      hostError('Timeout', url, `no answer within ${timeoutMs} ms`, 'failures', { timeoutMs });
    // Static hosts ignore a query; every cache takes it for another file.
    const asked = fresh === true ? `${url}?fresh=${Date.now()}` : url;
    return withDeadline(timeoutMs, late, signal, async (limited) => {
      const answer = fetch(asked, { ...init, signal: limited });
      return take(url, await answer.catch((error: unknown) => unreached(url, error)));
    });
  };
  return {
    base: base.href,
    // What is named by its content may come from a cache; the catalogue only if it is still good.
    whole(path, signal, fresh) {
      const cache = /\.[0-9a-f]{16}\./.test(path) ? 'default' : 'no-cache';
      return read(path, { cache }, signal, fresh, async (url, response) => {
        if (isFile(response)) return bodyOf(url, response, WHOLE_CEILING, 0);
        throw statusError(url, response);
      });
    },
    range(file, offset, length, signal, fresh) {
      // A plain `bytes=a-b` needs no preflight. `no-store`: Chromium lets one request at a
      // time write the cache entry of a URL, so ranges of one file would queue.
      const headers = { Range: `bytes=${offset}-${offset + length - 1}` };
      return read(file.path, { headers, cache: 'no-store' }, signal, fresh, (url, response) =>
        rangeOf(url, response, file, offset, length),
      );
    },
  };
}
