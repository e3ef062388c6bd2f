/**
 * Inflating, by what every platform brings. Refuses what is not deflated, what stops
 * short, and what would inflate to more than a unit may hold.
 */
import { corrupt } from './corrupt.ts';
import { drain } from './drain.ts';

/** What a response has that was given bytes. */
type Deflated = ReadableStream<Uint8Array<ArrayBuffer>>;

/** No unit may inflate to more bytes. */
export const MAX_RAW = 2 ** 24;

/**
 * The raw bytes of a payload deflated without a header.
 * @throws CartoError `CorruptFile` when it does not inflate to at most 16 MiB.
 */
export async function inflate(payload: Uint8Array, name: string): Promise<Uint8Array> {
  // Of a response, not of a blob, which has no stream in jsdom, where pages are tested.
  const deflated = new Response(payload as Uint8Array<ArrayBuffer>).body as Deflated;
  const raw = deflated.pipeThrough(new DecompressionStream('deflate-raw'));
  const bytes = await drain(raw, MAX_RAW).catch(() => corrupt(name, 'deflate stream'));
  return bytes.length > MAX_RAW ? corrupt(name, 'deflate stream: too long') : bytes;
}
