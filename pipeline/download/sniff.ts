/**
 * What a file's first bytes say that it is. Servers send pages of maintenance and errors in
 * JSON with status 200; a file is taken for what it should be only when it begins like it.
 */
import type { Kind } from './wanted.ts';

/** As many of the first bytes as are looked at. */
export const SNIFFED_BYTES = 1024;

const MAGIC: Partial<Record<Kind, readonly string[]>> = {
  // A file in it, or none.
  zip: ['504b0304', '504b0506'],
  '7z': ['377abcaf271c'],
  gz: ['1f8b08'],
  gpkg: [Buffer.from('SQLite format 3\0').toString('hex')],
  fgb: ['6667620366676200', '6667620366676201'],
};

/** The second and further volumes of a multi-part archive begin with anything. */
export function isLaterVolume(name: string): boolean {
  return /\.(?!001$)\d{3}$/.test(name);
}

/** Text without its byte order mark and leading space; `null` for bytes that are no text. */
function textOf(first: Uint8Array): string | null {
  if (first.includes(0)) return null;
  // Space, to JavaScript, is the byte order mark too.
  return Buffer.from(first).toString('utf8').trimStart();
}

export function isWebPage(text: string): boolean {
  const start = text.replace(/^(\s*<!--[\s\S]*?-->)+/, '').trimStart();
  return /^<(!doctype\s+html|html|head|body)\b/i.test(start);
}

/** Words for what came instead. */
function describe(first: Uint8Array): string {
  const text = textOf(first);
  if (first.length === 0) return 'nothing at all';
  if (text !== null && isWebPage(text)) {
    const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
    return title === undefined || title === '' ? 'a web page' : `a web page, “${title}”`;
  }
  if (text !== null && /^[{[]/.test(text)) return `JSON: ${text.slice(0, 80)}`;
  if (text !== null && text.startsWith('<')) return `XML: ${text.slice(0, 80)}`;
  return `bytes that begin with ${Buffer.from(first.subarray(0, 8)).toString('hex')}`;
}

function isTable(text: string): boolean {
  return /^[^<{[]/.test(text) && /[;,\t]/.test(text.split('\n')[0] ?? '');
}

function isOfKind(kind: Kind, first: Uint8Array, type: string): boolean {
  const magic = MAGIC[kind];
  if (magic !== undefined) {
    const hex = Buffer.from(first.subarray(0, 16)).toString('hex');
    return magic.some((start) => hex.startsWith(start));
  }
  const text = textOf(first);
  if (text === null) return false;
  if (kind === 'json') return /^[{[]/.test(text);
  if (kind === 'xml') return text.startsWith('<') && !isWebPage(text);
  return isTable(text) && !/^text\/html\b/.test(type);
}

export interface Beginning {
  readonly kind: Kind;
  readonly name: string;
  /** Up to `SNIFFED_BYTES`. */
  readonly first: Uint8Array;
  /** The Content-Type, or nothing. */
  readonly type: string;
}

/** Why a file that begins so is not the one that is wanted; `null` when it may be. */
export function whyNot({ kind, name, first, type }: Beginning): string | null {
  const text = textOf(first);
  const mayBe = isLaterVolume(name)
    ? first.length > 0 &&
      !(text !== null && isWebPage(text)) &&
      !/^(text\/html|application\/json)\b/.test(type)
    : isOfKind(kind, first, type);
  return mayBe ? null : `not ${kind} but ${describe(first)}`;
}
