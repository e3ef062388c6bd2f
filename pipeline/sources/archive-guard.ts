/**
 * What no archive may hold, whatever packed it: names that climb out, links, two names of one
 * file, what is no file, and more bytes than it could honestly have.
 */

import { posix } from 'node:path';

/** The kinds of Unix that an entry may say to be; anything else is no file of data. */
export type EntryType = 'file' | 'folder' | 'link' | 'other';

/** An entry as the archive's directory tells of it. */
export interface Inside {
  /** Folders parted by `/`. */
  readonly path: string;
  readonly type: EntryType;
  /** Unpacked. */
  readonly bytes: number;
  /** Why it cannot be read; `null` when it can. */
  readonly unreadable: string | null;
}

export interface ExtractionLimits {
  /** Unpacked bytes of one archive. */
  readonly totalBytes: number;
  /** Unpacked by packed bytes: the parcels of Seine-Saint-Denis have 5. */
  readonly ratio: number;
  /** Below this many unpacked bytes no ratio is harmful. */
  readonly harmlessBytes: number;
  readonly entries: number;
  /** Free bytes to leave on the disk. */
  readonly spareBytes: number;
}

/** All land-use plans of France are 29 GB. */
export const LIMITS: ExtractionLimits = {
  totalBytes: 200e9,
  ratio: 200,
  harmlessBytes: 100e6,
  entries: 200_000,
  spareBytes: 256e6,
};

/** What a name must not be: climbing, absolute, of a drive, or with what only some systems part folders by. */
function climbs(path: string): boolean {
  return (
    path.startsWith('/') || /^[A-Za-z]:/.test(path) || /[\\\0]/.test(path) || path.split('/').includes('..')
  );
}

function folded(path: string): string {
  return posix.normalize(path).replace(/\/$/, '').normalize('NFC').toLowerCase();
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** Two entries of one name on some disk, or a file where another needs a folder. */
function assertApart(entries: readonly Inside[]): void {
  const seen = new Set<string>();
  const files = new Map<string, string>();
  for (const { path, type } of entries) {
    const key = folded(path);
    if (seen.has(key)) throw new Error(`${path} stands twice`);
    seen.add(key);
    if (type === 'file') files.set(key, path);
  }
  for (const key of seen) {
    const file = foldersAbove(key).find((folder) => files.has(folder));
    if (file !== undefined) throw new Error(`${files.get(file) ?? ''} is a file and a folder`);
  }
}

function assertEntry({ path, type, unreadable }: Inside): void {
  if (climbs(path)) throw new Error(`${path} climbs out of the archive's folder`);
  if (type === 'link') throw new Error(`${path} is a link`);
  if (type === 'other') throw new Error(`${path} is neither a file nor a folder`);
  if (unreadable !== null) throw new Error(`${path} ${unreadable}`);
}

/** The most bytes that an archive of `packedBytes` may unpack to. */
export function ceilingOf(
  packedBytes: number,
  { totalBytes, ratio, harmlessBytes }: ExtractionLimits,
): number {
  return Math.min(totalBytes, Math.max(harmlessBytes, packedBytes * ratio));
}

/**
 * Judges a whole archive by its directory, before a byte of it is unpacked; gives the bytes that
 * it will unpack to.
 * @throws Error that says which entry, and why.
 */
export function assertHarmless(
  entries: readonly Inside[],
  packedBytes: number,
  limits: ExtractionLimits,
): number {
  if (entries.length > limits.entries)
    throw new Error(`${entries.length} entries: no archive here has as many`);
  for (const entry of entries) assertEntry(entry);
  assertApart(entries);
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const ceiling = ceilingOf(packedBytes, limits);
  if (bytes <= ceiling) return bytes;
  throw new Error(`${packedBytes} bytes that unpack to ${bytes}, above the ${ceiling} that are let through`);
}
