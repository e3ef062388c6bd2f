/**
 * The caches of one worker: the blocks of its tree with the last catalogue, and the files
 * of the site. Where Cache Storage is not allowed, nothing is kept and all else works.
 */
import { openBlockCache, type BlockCache } from './block-cache.ts';
import type { Configuration } from './configuration.ts';
import type { Keeping } from './edition.ts';
import { readKept, writeKept, type CacheLike } from './kept-file.ts';
import { cachePrefix } from './worker-scope.ts';

export interface Storage {
  readonly blocks: Promise<BlockCache>;
  /** Of the catalogue. */
  readonly keeping: Keeping;
  shell(): Promise<CacheLike>;
  /** Deletes what a worker of another configuration has left. Never rejects. */
  tidy(): Promise<void>;
}

const CATALOGUE = 'catalogue.json';

/** A cache that keeps nothing. */
const NOWHERE: CacheLike = {
  match: () => Promise.resolve(undefined),
  put: () => Promise.reject(new Error('no storage')),
  delete: () => Promise.resolve(false),
  keys: () => Promise.resolve([]),
};

/** @param scope - of the registration: the caches and the addresses in them are named after it. */
export function openStorage(
  caches: CacheStorage,
  scope: string,
  { tree, keepBytes, shell }: Configuration,
): Storage {
  const names = { data: `${cachePrefix(scope)}${tree}`, shell: `${cachePrefix(scope)}shell` };
  const address = new URL('__carto__/', scope).href;
  const opened: Promise<CacheLike> = caches.open(names.data).catch(() => NOWHERE);
  const blocks = opened.then((cache) => openBlockCache(cache, address, keepBytes));
  const tidy = async (): Promise<void> => {
    const all = (await caches.keys()).filter((name) => name.startsWith(cachePrefix(scope)));
    const others = all.filter((name) => !Object.values(names).includes(name));
    await Promise.all(others.map((name) => caches.delete(name)));
    await (await blocks).sweep([CATALOGUE]);
    const kept = await caches.open(names.shell);
    const unlisted = (await kept.keys()).filter(({ url }) => !shell.includes(url));
    await Promise.all(unlisted.map((request) => kept.delete(request)));
  };
  return {
    blocks,
    keeping: {
      read: async () => readKept(await opened, address + CATALOGUE),
      write: async (bytes) => writeKept(await opened, address + CATALOGUE, bytes).catch(() => undefined),
      async drop(isGone) {
        (await blocks).drop(({ path }) => isGone(path));
        await (await blocks).settled();
      },
    },
    shell: () => caches.open(names.shell),
    tidy: () => tidy().catch(() => undefined),
  };
}
