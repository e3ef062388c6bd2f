/**
 * Bodies compressed for transport although `identity` was asked for. Many servers say
 * `Content-Encoding: gzip` of a file that is a .gz itself, or label everything so: what is
 * the wanted file as it came is kept as it came, and nothing is decompressed twice.
 */
import { PassThrough, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Answer } from './client.ts';
import { whyNot } from './sniff.ts';
import { badDownload } from './trouble.ts';
import type { Kind } from './wanted.ts';

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** Kinds that say by their first bytes what they are; text may look like anything. */
const TELLING: readonly Kind[] = ['zip', '7z', 'gz', 'gpkg', 'fgb'];

export function encodingOf(answer: Answer): string | null {
  const encoding = answer.header('content-encoding')?.trim().toLowerCase() ?? '';
  return encoding === '' || encoding === 'identity' ? null : encoding;
}

/** The body through its decoder. */
export function decodeBody(answer: Answer): Readable {
  const encoding = encodingOf(answer);
  if (encoding === null) return answer.body;
  const decoder = DECODERS.get(encoding)?.();
  if (decoder === undefined) throw badDownload(`it came in the encoding ${encoding}, which nobody asked for`);
  answer.body.once('error', (error) => decoder.destroy(error));
  return answer.body.pipe(decoder);
}

/** The first piece of `body`, and all of it again. */
async function peek(body: Readable): Promise<Uint8Array> {
  for await (const piece of body.iterator({ destroyOnReturn: false })) {
    const bytes = piece as Uint8Array;
    body.unshift(bytes);
    return bytes;
  }
  return new Uint8Array();
}

/** The bytes of the file itself, and whether the transport had changed them. */
export async function fileBody(
  answer: Answer,
  kind: Kind,
  name: string,
): Promise<{ readonly body: Readable; readonly decoded: boolean }> {
  if (encodingOf(answer) === null) return { body: answer.body, decoded: false };
  const body = answer.body.pipe(new PassThrough());
  answer.body.once('error', (error) => body.destroy(error));
  const first = await peek(body);
  const isFile = TELLING.includes(kind) && whyNot({ kind, name, first, type: '' }) === null;
  return isFile ? { body, decoded: false } : { body: decodeBody({ ...answer, body }), decoded: true };
}
