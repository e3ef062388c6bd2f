/** What the fake upstream has at a path. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type Body = string | Uint8Array;

/** A file by its path or content, with the status and headers that go with it; an empty header is not sent. */
export interface Served {
  /** A file of this machine, read when it is asked for. */
  readonly path?: string;
  readonly body?: Body;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

/** Content; a file; or what answers by the address asked for, query and all. */
export type Answer = Body | Served | ((url: URL) => Body | Served);

export interface Resource {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The day that every file without another Last-Modified was changed. */
const LAST_MODIFIED = 'Mon, 21 Sep 2026 21:39:54 GMT';

/** A strong ETag of the content: another content, another tag. */
export function etagOf(body: Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
}

function isBody(answer: Body | Served): answer is Body {
  return typeof answer === 'string' || answer instanceof Uint8Array;
}

/** An empty header is none. */
export function withoutEmpty(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}

/** The bytes and headers of `answer` for the request of `url`. */
export function resourceOf(answer: Answer, url: URL): Resource {
  const given = typeof answer === 'function' ? answer(url) : answer;
  const served: Served = isBody(given) ? { body: given } : given;
  const body = served.path === undefined ? Buffer.from(served.body ?? '') : readFileSync(served.path);
  const own = Object.entries(served.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    etag: etagOf(body),
    'last-modified': LAST_MODIFIED,
    ...(Object.fromEntries(own) as Record<string, string>),
  };
  return { status: served.status ?? 200, headers: withoutEmpty(headers), body };
}
