/**
 * The store: files named by their SHA-256, read-only, and aside what is not complete. A file
 * that is no longer what its name says is removed before anybody reads it.
 */
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { hashOfFile } from '../file-hash.ts';
import { lock } from '../build/lock.ts';
import { flush, putInPlace } from './durable.ts';

export interface Pruned {
  readonly files: number;
  readonly bytes: number;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

export class Store {
  readonly folder: string;
  /** What has been read and found whole in this run. */
  readonly #sound = new Map<string, Promise<boolean>>();

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /** Where a file of this hash is, or would be. */
  pathOf(sha256: string): string {
    return join(this.folder, 'sha256', sha256.slice(0, 2), sha256);
  }

  /** Where the incomplete file of `key` is gathered. */
  partialFolder(key: string): string {
    return join(this.folder, 'partial', key);
  }

  /** Whose lock says that a process is at work on `key`. */
  claimFolder(key: string): string {
    return join(this.folder, 'claims', key);
  }

  /** Whether a file of this hash is there, whole or not. */
  holds(sha256: string): boolean {
    return sha256 !== '' && existsSync(this.pathOf(sha256));
  }

  /** Whether the file is there, and whole: all of it is read. A damaged one is removed. */
  async has(sha256: string, length: number): Promise<boolean> {
    const known = this.#sound.get(sha256);
    if (known !== undefined) return known;
    const found = this.#check(sha256, length);
    this.#sound.set(sha256, found);
    // Nothing is kept of a file that is not there: it may be, in a moment.
    if (!(await found)) this.#sound.delete(sha256);
    return found;
  }

  async #check(sha256: string, length: number): Promise<boolean> {
    const path = this.pathOf(sha256);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    if (stat.size === length && (await hashOfFile(path, 'sha256')) === sha256) return true;
    rmSync(path, { force: true });
    return false;
  }

  /** Takes the complete file at `path` in, under the hash that was computed while it came. */
  take(path: string, sha256: string): string {
    const target = this.pathOf(sha256);
    chmodSync(path, 0o444);
    putInPlace(path, target);
    flush(join(this.folder, 'sha256'));
    this.#sound.set(sha256, Promise.resolve(true));
    return target;
  }

  /**
   * Removes every file whose hash is not in `keep`, and all that is incomplete.
   * @throws PipelineError `Busy` while anything is downloaded.
   */
  prune(keep: ReadonlySet<string>): Pruned {
    const claims = join(this.folder, 'claims');
    const keys = existsSync(claims) ? readdirSync(claims) : [];
    for (const key of keys) lock(this.claimFolder(key))();
    const complete = filesBelow(join(this.folder, 'sha256')).filter((path) => !keep.has(basename(path)));
    const removed = [...complete, ...filesBelow(join(this.folder, 'partial'))];
    const bytes = removed.reduce((sum, path) => sum + statSync(path).size, 0);
    for (const path of removed) rmSync(path);
    for (const folder of ['partial', 'claims'])
      rmSync(join(this.folder, folder), { recursive: true, force: true });
    this.#sound.clear();
    return { files: removed.length, bytes };
  }
}
