/**
 * Bodies compressed for transport although `identity` was asked for. Many servers say
 * `Content-Encoding: gzip` of a file that is a .gz itself, or label everything so: what is
 * the wanted file as it came is kept as it came, and nothing is decompressed twice.
 */
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Body } from './body.ts';
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

const GZIP = Buffer.from('1f8b', 'hex');

/** Whether the file may be what came, whatever is said of its transport. */
function isAsItCame(first: Uint8Array, encoding: string, kind: Kind, name: string): boolean {
  if (/^(x-)?gzip$/.test(encoding) && !GZIP.equals(first.subarray(0, GZIP.length))) return true;
  return TELLING.includes(kind) && whyNot({ kind, name, first, type: '' }) === null;
}

/** `pieces` of the body, as they were before `encoding`. */
function decoded(pieces: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = DECODERS.get(encoding)?.();
  if (decoder === undefined) throw badDownload(`it came in the encoding ${encoding}, which nobody asked for`);
  const source = Readable.from(pieces, { objectMode: false });
  source.once('error', (error) => decoder.destroy(error));
  return new Body(source.pipe(decoder)).pieces();
}

/** The body before any encoding. */
export function decodedPieces(answer: Answer): AsyncGenerator<Uint8Array> {
  const encoding = encodingOf(answer);
  const pieces = answer.body.pieces();
  return encoding === null ? pieces : decoded(pieces, encoding);
}

async function* joined(
  first: Uint8Array | undefined,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first !== undefined) yield first;
  yield* rest;
}

/** The bytes of the file itself. */
export async function filePieces(
  answer: Answer,
  kind: Kind,
  name: string,
): Promise<AsyncGenerator<Uint8Array>> {
  const encoding = encodingOf(answer);
  const rest = answer.body.pieces();
  if (encoding === null) return rest;
  const next = await rest.next();
  const first = next.done === true ? undefined : next.value;
  const pieces = joined(first, rest);
  return first === undefined || isAsItCame(first, encoding, kind, name) ? pieces : decoded(pieces, encoding);
}
