/**
 * The site's files that keep their names, at the root of the tree, where somebody may have
 * put a page of their own. Ours say so in their first line; no other is replaced or removed.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from './named.ts';
import { placeOf } from './staging.ts';

/** Every name that a site of ours has had: what is no longer published under it is removed. */
const NAMES: ReadonlySet<string> = new Set([
  'api.html',
  'api.js',
  'carto-statique.js',
  'index.html',
  'install-api.js',
  'openapi.json',
  'sw.js',
]);

/** What a page of ours says near its beginning. */
export const MARK = 'carto-statique';
const MARKED_BYTES = 256;

function headOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MARKED_BYTES);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, MARKED_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/** Whether `name` at the root is a page of ours, or one that was left aside. */
export function isOurPage(root: string, name: string): boolean {
  if (!NAMES.has(placeOf(name))) return false;
  // What was left aside may not have got as far as its mark.
  return name !== placeOf(name) || headOf(join(root, name)).includes(MARK);
}

/** Those of `pages` whose place nobody else has taken. @throws when one is not known as ours. */
export function publishable(root: string, pages: readonly Page[]): Page[] {
  const unknown = pages.find(({ name, path }) => !NAMES.has(name) || !headOf(path).includes(MARK));
  if (unknown !== undefined) throw new Error(`${unknown.name} could not be told from others' pages`);
  return pages.filter(({ name }) => {
    const isTaken = statSync(join(root, name), { throwIfNoEntry: false }) !== undefined;
    return !isTaken || isOurPage(root, name);
  });
}
