/**
 * The body of a response, read no further than it may be long. Refuses to hold more
 * than was announced: an endless body ends here.
 */
import { concatenate } from '../format/bytes.ts';
import { hostError } from './host-error.ts';

/**
 * All bytes of it.
 * @throws CartoError `Truncated` when there are fewer than `least`, `WrongRange` when more than `most`.
 */
export async function bodyOf(
  url: string,
  response: Response,
  most: number,
  least = most,
): Promise<Uint8Array> {
  // By a reader: Safari has no iterator of a body.
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      return (await reader?.read())?.value;
    } catch (error) {
      const what = 'the connection broke, or the body cannot be decoded';
      throw hostError('Truncated', url, what, 'failures', {}, error);
    }
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) throw hostError('WrongRange', url, `more than ${most} bytes`, 'ranges');
  }
  if (length >= least) return concatenate(chunks);
  throw hostError('Truncated', url, `expected ${least} bytes, found ${length}`, 'failures');
}
