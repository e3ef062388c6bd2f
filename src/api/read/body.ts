/**
 * Reads the body of a request: JSON, or a form. Other kinds are left unread, as upstream
 * leaves them, and so is a body of no length. Refuses a body that is too long, compressed,
 * not UTF-8, or that announces JSON and holds no object.
 */
import { isObject } from '../../format/checks.ts';
import { parseJson } from './json.ts';
import { readQueryString } from './query-string.ts';

/** What is read of a request. A `Request` is one; a server may pass a body with a GET, which no `Request` has. */
export interface ApiRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
  readonly signal?: AbortSignal | undefined;
}

/** Why a body is refused, with the status that says so. */
export interface BodyFault {
  readonly status: 400 | 413 | 415;
  readonly message: string;
}

export type Body = { readonly values: Readonly<Record<string, unknown>> } | { readonly fault: BodyFault };

const NOTHING = { values: {} };

function fault(status: BodyFault['status'], message: string): Body {
  return { fault: { status, message } };
}

/** The bytes, or `null` when there are more than `most`. */
async function readBytes(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    length += chunk.value.length;
    if (length <= most) continue;
    await reader.cancel();
    return null;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function readText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readValues(text: string, type: string): Body {
  if (type !== 'application/json') return { values: readQueryString(text) };
  const json = parseJson(text);
  if (Array.isArray(json)) return NOTHING;
  return isObject(json) ? { values: json } : fault(400, 'The body is not a JSON object.');
}

/** The parameters in the body of `request`, of which at most `most` bytes are read. */
export async function readBody(request: ApiRequest, most: number): Promise<Body> {
  const { body, headers } = request;
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (body === null || (type !== 'application/json' && type !== 'application/x-www-form-urlencoded')) {
    return NOTHING;
  }
  const encoding = (headers.get('content-encoding') ?? 'identity').toLowerCase();
  if (encoding !== 'identity') return fault(415, `The body is encoded as ${encoding}; send it as it is.`);
  const tooLong = fault(413, `The body is longer than ${most} bytes.`);
  if (Number(headers.get('content-length') ?? 0) > most) return tooLong;
  const bytes = await readBytes(body, most);
  if (bytes === null) return tooLong;
  if (bytes.length === 0) return NOTHING;
  const text = readText(bytes);
  return text === null ? fault(400, 'The body is not UTF-8.') : readValues(text, type);
}
