/**
 * The body of a response, read no further than it may be long. Refuses to hold more
 * than was announced: an endless body ends here.
 */
import { CartoError } from '../errors.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function nextChunk(url: string, reader: Reader): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch (error) {
    throw new CartoError('Truncated', `${url}: the connection broke while it was read`, { file: url }, error);
  }
}

async function* chunks(url: string, response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (let chunk = await nextChunk(url, reader); chunk !== undefined; chunk = await nextChunk(url, reader)) {
    yield chunk;
  }
}

/**
 * Exactly `length` bytes.
 * @throws CartoError `Truncated` when fewer come, `WrongRange` when more do.
 */
export async function bodyOf(url: string, response: Response, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of chunks(url, response)) {
    if (filled + chunk.length > length) {
      throw new CartoError('WrongRange', `${url}: more than the ${length} bytes asked for`, { file: url });
    }
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled === length) return bytes;
  throw new CartoError('Truncated', `${url}: expected ${length} bytes, found ${filled}`, { file: url });
}

/**
 * All bytes of a body of unknown length.
 * @throws CartoError `TooCostly` when there are more than `ceiling`.
 */
export async function wholeBody(url: string, response: Response, ceiling: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks(url, response)) {
    length += chunk.length;
    if (length > ceiling) {
      throw new CartoError('TooCostly', `${url}: longer than ${ceiling} bytes`, { file: url, ceiling });
    }
    parts.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
