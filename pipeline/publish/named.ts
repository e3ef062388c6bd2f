/** Files that are named by their content: never another content under the same name. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { PublishedFile } from '../../src/format/catalogue.ts';

/** Enough of the hash that no two files of a tree meet: 64 bits. */
const HASH_DIGITS = 16;

/** A file to be published, still in the work folder. */
export interface Candidate {
  /** `data/cadastre/parcelle/21`: the hash and the ending are added. */
  readonly name: string;
  readonly ending: string;
  readonly path: string;
  readonly sha256: string;
}

/** A text to be published, named by its content too. */
export interface Document {
  readonly name: string;
  readonly ending: string;
  readonly text: string;
}

/** A file of the site that keeps its name, whatever it holds: `index.html`, still in the work folder. */
export interface Page {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

export function describePage({ name, path, sha256 }: Page): PublishedFile {
  return { path: name, length: statSync(path).size, sha256 };
}

/** The part of a hash that names a file. */
export function hashDigits(sha256: string): string {
  return sha256.slice(0, HASH_DIGITS);
}

/** How a candidate is written in the manifest. */
export function describeFile({ name, ending, path, sha256 }: Candidate): PublishedFile {
  return { path: `${name}.${hashDigits(sha256)}.${ending}`, length: statSync(path).size, sha256 };
}

export function describeDocument({ name, ending, text }: Document): PublishedFile {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { path: `${name}.${hashDigits(sha256)}.${ending}`, length: Buffer.byteLength(text), sha256 };
}
