/** Reading a stream into memory, no further than it may be long. */
import { concatenate } from './bytes.ts';

/** All bytes of `stream`; when there are more than `most`, some more than `most`, and the rest is not read. */
export async function drain(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array> {
  // By a reader: Safari has no iterator of a stream.
  const reader = stream?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= most) {
    const value = (await reader?.read())?.value;
    if (value === undefined) break;
    chunks.push(value);
    length += value.length;
  }
  return concatenate(chunks);
}
