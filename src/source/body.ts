/**
 * The body of a response, read no further than it may be long. Refuses to hold more
 * than was announced: an endless body ends here.
 */
import { CartoError } from '../errors.ts';
import { hostError } from './host-error.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function* chunks(url: string, response: Response): AsyncGenerator<Uint8Array> {
  const reader: Reader | undefined = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { value } = await reader.read().catch((error: unknown) => {
      const what = 'the connection broke, or the body cannot be decoded';
      throw hostError('Truncated', url, what, 'failures', {}, error);
    });
    if (value === undefined) return;
    yield value;
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
      throw hostError('WrongRange', url, `more than the ${length} bytes asked for`, 'ranges');
    }
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled === length) return bytes;
  throw hostError('Truncated', url, `expected ${length} bytes, found ${filled}`, 'failures');
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
