/**
 * Reads the body of a request: JSON, or a form. Other kinds are left unread, as upstream
 * leaves them, and so is a body of no length. Refuses a body that is too long, compressed
 * or written in a way that is not known, or that announces JSON and holds no object.
 */
import { concatenate } from '../../format/bytes.ts';
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

type Bytes = ReadableStream<Uint8Array>;

/** The body as it was before it was compressed; `null` when it is not known how. */
function inflated(body: Bytes, encoding: string): Bytes | null {
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'deflate') return null;
  return (body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new DecompressionStream(encoding));
}

/** The bytes, or `null` when there are more than `most`. */
async function readBytes(body: Bytes, most: number): Promise<Uint8Array | null> {
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
  return concatenate(chunks);
}

/** A decoder of `charset`, which puts U+FFFD in place of what it cannot decode; `null` of what upstream refuses. */
function decoderOf(charset: string): TextDecoder | null {
  try {
    return charset.startsWith('utf-') ? new TextDecoder(charset) : null;
  } catch {
    return null;
  }
}

function readValues(text: string, type: string): Body {
  if (type !== JSON_TYPE) return { values: readQueryString(text) };
  const json = parseJson(text);
  if (Array.isArray(json)) return NOTHING;
  return isObject(json) ? { values: json } : fault(400, 'The body is not a JSON object.');
}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The type of a body, in lower case, and how its text is encoded. */
function contentOf(headers: ApiRequest['headers']): [type: string, charset: string] {
  const said = (headers.get('content-type') ?? '').toLowerCase();
  const charset = /;\s*charset="?([^";\s]+)/.exec(said)?.[1];
  return [said.split(';')[0]?.trim() ?? '', charset ?? 'utf-8'];
}

/**
 * The parameters in the body of `request`, of which at most `most` bytes are read.
 * It rejects with the reason of the request's signal.
 */
export async function readBody({ body, headers, signal }: ApiRequest, most: number): Promise<Body> {
  const [type, charset] = contentOf(headers);
  if (body === null || (type !== JSON_TYPE && type !== FORM_TYPE)) return NOTHING;
  const decoder = decoderOf(charset);
  if (decoder === null) return fault(415, `The body is written in ${charset}; send UTF-8.`);
  const encoding = (headers.get('content-encoding') ?? 'identity').toLowerCase();
  const stream = inflated(body, encoding);
  if (stream === null) return fault(415, `The body is encoded as ${encoding}; send it as it is, or as gzip.`);
  const tooLong = fault(413, `The body is longer than ${most} bytes.`);
  if (Number(headers.get('content-length') ?? 0) > most) return tooLong;
  try {
    const bytes = await readBytes(stream, most);
    if (bytes === null) return tooLong;
    return bytes.length === 0 ? NOTHING : readValues(decoder.decode(bytes), type);
  } catch {
    signal?.throwIfAborted();
    return fault(400, `The body could not be read${encoding === 'identity' ? '' : ` as ${encoding}`}.`);
  }
}
