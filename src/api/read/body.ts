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
  /** `null` for none; the requests of Firefox show no stream, and give their body by `blob`. */
  readonly body?: ReadableStream<Uint8Array> | null | undefined;
  readonly signal?: AbortSignal | undefined;
  blob?(): Promise<Blob>;
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
type Encoding = (typeof ENCODINGS)[number];

const ENCODINGS = ['identity', 'gzip', 'deflate'] as const;

/** The body as it is sent; of no bytes where there is none. */
async function sentBy(request: ApiRequest): Promise<Bytes> {
  return request.body ?? ((await request.blob?.()) ?? new Blob()).stream();
}

/** The body as it was before it was compressed. */
function inflated(body: Bytes, encoding: Encoding): Bytes {
  if (encoding === 'identity') return body;
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
    // Of a request that was cloned, it would wait for the clone.
    reader.cancel().catch(() => undefined);
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
export async function readBody(request: ApiRequest, most: number): Promise<Body> {
  const { headers, signal } = request;
  const [type, charset] = contentOf(headers);
  if (request.body === null || (type !== JSON_TYPE && type !== FORM_TYPE)) return NOTHING;
  const decoder = decoderOf(charset);
  if (decoder === null) return fault(415, `The body is written in ${charset}; send UTF-8.`);
  const said = (headers.get('content-encoding') ?? 'identity').toLowerCase();
  const encoding = ENCODINGS.find((one) => one === said);
  const tooLong = fault(413, `The body is longer than ${most} bytes.`);
  // Before it is inflated, which begins to read it.
  if (Number(headers.get('content-length') ?? 0) > most) return tooLong;
  if (encoding === undefined) {
    return fault(415, `The body is encoded as ${said}; send it as it is, or as gzip.`);
  }
  try {
    const bytes = await readBytes(inflated(await sentBy(request), encoding), most);
    if (bytes === null) return tooLong;
    return bytes.length === 0 ? NOTHING : readValues(decoder.decode(bytes), type);
  } catch {
    signal?.throwIfAborted();
    return fault(400, `The body could not be read${encoding === 'identity' ? '' : ` as ${encoding}`}.`);
  }
}
