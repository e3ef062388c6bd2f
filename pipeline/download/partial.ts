/**
 * A file that is coming: its bytes so far and, beside them, which version of it they are
 * bytes of. Without that no byte of it is used again.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { announcedBy } from './agreement.ts';
import type { Wanted } from './wanted.ts';

const versionSchema = z.object({
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Of the complete file. */
  total: z.number().nullable(),
});

/** What the server said of the file when its first byte came. */
export type Version = z.infer<typeof versionSchema>;

/** Names what is wanted: an address, and what is announced of it. */
export function partialKey(wanted: Wanted): string {
  return createHash('sha256')
    .update(`${wanted.url}\n${announcedBy(wanted) ?? ''}`)
    .digest('hex')
    .slice(0, 32);
}

/** What `If-Range` may hold: a weak tag says that the bytes may be others. */
export function validatorOf({ etag, lastModified }: Version): string | null {
  return etag !== null && !etag.startsWith('W/') ? etag : lastModified;
}

export class Partial {
  readonly folder: string;
  readonly path: string;
  readonly #versionPath: string;

  constructor(folder: string) {
    this.folder = folder;
    this.path = join(folder, 'bytes');
    this.#versionPath = join(folder, 'version.json');
  }

  get length(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Which version the bytes are of; `null` when there are none to go on from. */
  get version(): Version | null {
    try {
      const version = versionSchema.parse(JSON.parse(readFileSync(this.#versionPath, 'utf8')));
      return validatorOf(version) === null ? null : version;
    } catch {
      // Not there, or cut by whatever cut the download: then its bytes are nobody's.
      return null;
    }
  }

  /** Starts anew, with bytes of `version`. */
  begin(version: Version): void {
    mkdirSync(this.folder, { recursive: true });
    rmSync(this.#versionPath, { force: true });
    // Before their version is said, the old bytes are gone.
    writeFileSync(this.path, '');
    writeFileSync(this.#versionPath, JSON.stringify(version));
  }

  /** Forgets the bytes. */
  discard(): void {
    rmSync(this.#versionPath, { force: true });
    rmSync(this.path, { force: true });
  }

  /** Removes it all. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
