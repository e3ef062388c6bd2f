/**
 * Inflating, by what every platform brings. Refuses what is not deflated, what stops
 * short, and what would inflate to more than a unit may hold.
 */
import { concatenate } from './bytes.ts';
import { corrupt } from './corrupt.ts';

/** No unit may inflate to more bytes. */
export const MAX_RAW = 2 ** 24;

/**
 * The raw bytes of a payload deflated without a header.
 * @throws CartoError `CorruptFile` when it does not inflate to at most 16 MiB.
 */
export async function inflate(payload: Uint8Array, name: string): Promise<Uint8Array> {
  const deflated = new Blob([payload as Uint8Array<ArrayBuffer>]).stream();
  const reader = deflated.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const chunks: Uint8Array[] = [];
  for (let room = MAX_RAW; room >= 0;) {
    const { value } = await reader.read().catch(() => corrupt(name, 'deflate stream'));
    if (value === undefined) return concatenate(chunks);
    chunks.push(value);
    room -= value.length;
  }
  return corrupt(name, 'deflate stream: too long');
}
