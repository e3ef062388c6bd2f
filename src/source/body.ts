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
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const read = await reader?.read().catch((error: unknown) => {
      throw hostError('Truncated', url, 'the connection broke, or the encoding', 'failures', {}, error);
    });
    if (read?.value === undefined) break;
    chunks.push(read.value);
    length += read.value.length;
    if (length > most) throw hostError('WrongRange', url, `more than ${most} bytes`, 'ranges');
  }
  if (length >= least) return concatenate(chunks);
  throw hostError('Truncated', url, `expected ${least} bytes, found ${length}`, 'failures');
}
