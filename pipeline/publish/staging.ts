/**
 * Files written beside their targets and renamed all together: a reader sees all of a
 * file or nothing, and a failure while writing leaves the tree as it was.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether a file of this name is one that is not yet in its place. */
export function isAside(name: string): boolean {
  return /\.tmp-\d+$/.test(name);
}

/** Where a file that is not yet in its place belongs; any other name is its own. */
export function placeOf(name: string): string {
  return name.replace(/\.tmp-\d+$/, '');
}

/** On the disk, not only in the system's memory: a file that is renamed must survive a power cut. */
function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export class Staging {
  readonly #root: string;
  readonly #staged: { readonly aside: string; readonly target: string }[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** Writes what will be `path` below the root. */
  async add(path: string, write: (aside: string) => void | Promise<void>): Promise<void> {
    const target = join(this.#root, path);
    const aside = `${target}.tmp-${process.pid}`;
    mkdirSync(dirname(target), { recursive: true });
    this.#staged.push({ aside, target });
    await write(aside);
    flush(aside);
  }

  /** Puts the files in their places, in the order in which they were added; tells how many. */
  commit(): number {
    for (const { aside, target } of this.#staged) renameSync(aside, target);
    return this.#staged.length;
  }

  /** Removes what is not in its place. */
  abandon(): void {
    for (const { aside } of this.#staged) rmSync(aside, { force: true });
  }
}
