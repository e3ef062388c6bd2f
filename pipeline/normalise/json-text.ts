/**
 * JSON is UTF-8 (RFC 8259, 8.1). GDAL reads other bytes all the same, and what it makes of them has
 * lost every accent, so they are looked at before.
 */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { PipelineError, type Where } from '../errors.ts';

const JSON_FILE = /\.(geo)?json(\.gz)?$/i;

/** The first text in `chunk` that is no UTF-8, as Latin-1 would have it. */
function exampleIn(chunk: Buffer): string {
  const texts = chunk.toString('latin1').match(/"[^"]*[\u0080-\u00ff][^"]*"/g) ?? [];
  return texts.find((text) => !isUtf8(Buffer.from(text, 'latin1'))) ?? '';
}

async function check(chunks: AsyncIterable<Buffer>, where: Where): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let last: Buffer = Buffer.alloc(0);
  const decode = (chunk?: Buffer): void => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      const what = `not UTF-8, which JSON is: ${exampleIn(last).slice(0, 60)}; convert it first`;
      throw new PipelineError('BadEncoding', what, where, error);
    }
  };
  for await (const chunk of chunks) {
    last = chunk;
    decode(chunk);
  }
  decode();
}

/**
 * Checks the texts of the file at `path` when it is JSON, gzipped or not; of another file, nothing.
 * @throws PipelineError `BadEncoding` with the first text that is none.
 */
export async function checkJsonText(path: string, where: Where): Promise<void> {
  if (!JSON_FILE.test(path)) return;
  const file = createReadStream(path);
  const sink = (chunks: AsyncIterable<Buffer>): Promise<void> => check(chunks, where);
  await (path.toLowerCase().endsWith('.gz') ? pipeline(file, createGunzip(), sink) : pipeline(file, sink));
}
