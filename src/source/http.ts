/**
 * A published tree behind HTTP, read by plain ranges. Refuses whatever is not the
 * very bytes asked for: another range, a whole file, an encoded or short body, a
 * web page. One attempt a call; `retry.ts` makes the second.
 */
import { CartoError } from '../errors.ts';
import { bodyOf, wholeBody } from './body.ts';
import { withDeadline } from './deadline.ts';
import { isWebPage, statusError } from './http-status.ts';
import type { RangeSource, TreeSource } from './range.ts';

export interface HttpOptions {
  readonly fetch: typeof fetch;
  /** For one request, from its start to the last byte of its body. */
  readonly timeoutMs: number;
}

/** Of a file read whole: far above the catalogue of all France, far below what hurts a tab. */
const WHOLE_CEILING = 64 * 1024 * 1024;

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
    throw new CartoError('HostFault', `${url}: the host cannot be reached`, { file: url }, error);
  }
}

function checkEncoding(range: Range, response: Response): void {
  const encoding = response.headers.get('Content-Encoding') ?? 'identity';
  if (encoding === 'identity') return;
  const found = `a range of its ${encoding} form`;
  throw new CartoError('WrongRange', `${range.url}: expected the bytes as they are stored, found ${found}`, {
    file: range.url,
    encoding,
  });
}

/** Hosts that do not expose the header across origins leave only the body's length to check. */
function checkContentRange(range: Range, response: Response): void {
  const header = response.headers.get('Content-Range');
  if (header === null) return;
  const { url, offset, length, fileLength } = range;
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header) ?? [];
  const wanted = `bytes ${offset}-${offset + length - 1}/${fileLength}`;
  const mismatch = (code: 'NotOurFile' | 'WrongRange' | 'Truncated'): CartoError =>
    new CartoError(code, `${url}: expected ${wanted}, found ${header}`, { file: url, offset, length });
  if (total !== undefined && total !== '*' && Number(total) !== fileLength) throw mismatch('NotOurFile');
  if (Number(first) !== offset || Number(last) > offset + length - 1) throw mismatch('WrongRange');
  if (Number(last) !== offset + length - 1) throw mismatch('Truncated');
}

function checkRange(range: Range, response: Response): void {
  const { url, offset, length, fileLength } = range;
  // A host may answer a range that spans the whole file with the file: the same bytes.
  const spansFile = offset === 0 && length === fileLength && !isWebPage(response);
  if (response.status === 200 && spansFile) return;
  if (response.status === 200 && !isWebPage(response)) {
    throw new CartoError(
      'RangeNotSupported',
      `${url}: expected ${length} bytes, the host sends the whole file`,
      {
        file: url,
      },
    );
  }
  if (response.status !== 206) throw statusError(url, response);
  checkEncoding(range, response);
  checkContentRange(range, response);
}

function readRange(options: HttpOptions, range: Range, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const { url, offset, length } = range;
  return withDeadline(url, options.timeoutMs, signal, async (limited) => {
    const response = await send(options, url, {
      // A plain `bytes=a-b` needs no preflight. `no-store`: Chromium lets one request at a
      // time write the cache entry of a URL, so ranges of one file would queue.
      headers: { Range: `bytes=${offset}-${offset + length - 1}` },
      cache: 'no-store',
      signal: limited,
    });
    checkRange(range, response);
    return bodyOf(url, response, length);
  });
}

function readWhole(options: HttpOptions, url: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  return withDeadline(url, options.timeoutMs, signal, async (limited) => {
    // `no-cache` asks the host each time whether its copy is still good.
    const response = await send(options, url, { cache: 'no-cache', signal: limited });
    if (response.status !== 200 || isWebPage(response)) throw statusError(url, response);
    return wholeBody(url, response, WHOLE_CEILING);
  });
}

function rangeSource(options: HttpOptions, url: string, fileLength: number): RangeSource {
  return {
    name: url,
    read: (offset, length, signal) => readRange(options, { url, offset, length, fileLength }, signal),
  };
}

/** The tree at `base`, an http or https address that ends in a slash. */
export function httpTree(base: URL, options: HttpOptions): TreeSource {
  const resolve = (path: string): string => new URL(path, base).href;
  return {
    base: base.href,
    whole: (path, signal) => readWhole(options, resolve(path), signal),
    open: (path, length) => rangeSource(options, resolve(path), length),
  };
}
