/** What is written into the lock file of a file that is there. */
import { announcedBy } from './agreement.ts';
import type { LockedSource, Wanted } from './wanted.ts';

/** Of the bytes, what was found out when they came. */
export type Content = Pick<LockedSource, 'length' | 'sha256' | 'etag' | 'lastModified'>;

function day(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** The line of `wanted`, whose bytes are `content`; the day is that on which they came first. */
export function lineOf(
  wanted: Wanted,
  content: Content,
  locked: LockedSource | null,
  now: number,
): LockedSource {
  const { length, sha256, etag, lastModified } = content;
  return {
    url: wanted.url,
    length,
    sha256,
    announced: announcedBy(wanted),
    // A catalogue that says nothing has not taken back what it said.
    edition: wanted.edition ?? locked?.edition ?? null,
    licence: wanted.licence ?? locked?.licence ?? null,
    etag,
    lastModified,
    fetched: locked?.sha256 === sha256 ? locked.fetched : day(now),
  };
}

/**
 * Headers that ask for the file only if it is another one; none where nothing tells versions
 * apart, or where they are of another address.
 */
export function conditionOf(
  wanted: Wanted,
  { url, etag, lastModified }: LockedSource,
): Readonly<Record<string, string>> {
  if (url !== wanted.url) return {};
  if (etag !== null) return { 'if-none-match': etag };
  return lastModified === null ? {} : { 'if-modified-since': lastModified };
}
