/**
 * A published tree behind HTTP, read by plain ranges. Refuses whatever is not the
 * very bytes asked for: another range, a whole large file, an encoded or short body, a
 * web page. One attempt a call; `retry.ts` makes the second.
 */
import type { CartoError, CartoErrorCode } from '../errors.ts';
import { bodyOf } from './body.ts';
import { withDeadline } from './deadline.ts';
import { hostError, statusError, type HostingSection } from './host-error.ts';
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

/** Takes the range `wanted`, as `Content-Range` says it, or all of a small file. */
function taking(file: FileRef, offset: number, length: number, wanted: string): Take {
  return async (url, response) => {
    const { status, headers } = response;
    const isWhole = isFile(response);
    if (isWhole && file.length <= Math.max(SMALL_BYTES, length)) {
      // The same bytes, and some more that cost little.
      return (await bodyOf(url, response, file.length)).slice(offset, offset + length);
    }
    if (!isWhole && status !== 206) throw statusError(url, response);
    // Hosts that do not expose the header across origins leave only lengths and checksums.
    const found = headers.get('Content-Range') ?? wanted;
    const encoding = headers.get('Content-Encoding') ?? 'identity';
    const refuse = (code: CartoErrorCode, section: HostingSection): never => {
      const what = `expected ${wanted}, found ${isWhole ? 'the whole file' : found}, encoding ${encoding}`;
      throw hostError(code, url, what, section);
    };
    // A part of a compressed file is no part of the file; Node waits for ever for its end.
    if (encoding !== 'identity') refuse(isWhole ? 'RangeNotSupported' : 'WrongRange', 'compression');
    if (isWhole) refuse('RangeNotSupported', 'ranges');
    if (!['*', `${file.length}`].includes(found.replace(/.*\//, ''))) refuse('NotOurFile', 'uploads');
    // Where it ends, the body tells.
    if (!found.startsWith(`bytes ${offset}-`)) refuse('WrongRange', 'ranges');
    return bodyOf(url, response, length);
  };
}

function unreached(url: string, cause: unknown): CartoError {
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
  if (navigator?.onLine === false) {
    return hostError('Offline', url, 'this device is offline', 'failures', {}, cause);
  }
  const what = 'cannot be reached, does not let this page read it, or compresses a range';
  return hostError('HostFault', url, what, 'cors', {}, cause);
}

/** The tree at `base`, an http or https address that ends in a slash. */
export function httpTree(base: URL, { fetch, timeoutMs }: HttpOptions): TreeSource {
  const read = (
    path: string,
    init: RequestInit,
    take: Take,
    signal: AbortSignal | undefined,
    fresh: boolean | undefined,
  ): Promise<Uint8Array> => {
    const url = new URL(path, base).href;
    const late = (): CartoError =>
      hostError('Timeout', url, `no answer within ${timeoutMs} ms`, 'failures', { timeoutMs });
    // Static hosts ignore a query; every cache takes it for another file.
    const asked = fresh === true ? `${url}?fresh=${Date.now()}` : url;
    return withDeadline(timeoutMs, late, signal, async (limited) => {
      const response = await fetch(asked, { ...init, signal: limited }).catch((error: unknown) => {
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
    range(file, offset, length, signal, fresh) {
      const bytes = `${offset}-${offset + length - 1}`;
      const take = taking(file, offset, length, `bytes ${bytes}/${file.length}`);
      // A plain `bytes=a-b` needs no preflight. `no-store`: Chromium lets one request at a
      // time write the cache entry of a URL, so ranges of one file would queue.
      const init: RequestInit = { headers: { Range: `bytes=${bytes}` }, cache: 'no-store' };
      return read(file.path, init, take, signal, fresh);
    },
  };
}
