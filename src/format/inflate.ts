/**
 * Inflating, by what every platform brings. Refuses what is not deflated, what stops
 * short, and what would inflate to more than a unit may hold.
 */
import { concatenate } from './bytes.ts';
import { corrupt } from './corrupt.ts';

/** No unit may inflate to more bytes. */
export const MAX_RAW = 2 ** 24;

/** The chunks of `stream`; `undefined` as soon as they hold more than `most` bytes. */
async function readUpTo(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array[] | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}

/**
 * The raw bytes of a payload deflated without a header.
 * @throws CartoError `CorruptFile` when it does not inflate to at most 16 MiB.
 */
export async function inflate(payload: Uint8Array, name: string): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  // What fails here fails in reading too, and is told there.
  const ignore = (): undefined => undefined;
  writer.write(payload as Uint8Array<ArrayBuffer>).catch(ignore);
  writer.close().catch(ignore);
  const chunks = await readUpTo(readable, MAX_RAW).catch(() => corrupt(name, 'deflate stream'));
  return concatenate(chunks ?? corrupt(name, 'deflate stream: too long'));
}
