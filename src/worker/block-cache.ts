/**
 * Blocks in Cache Storage, within a bound. Writing goes on behind the answers; whatever
 * storage refuses (it is full, or not allowed) is not kept, and no answer fails by it.
 *
 * The list of what is kept stands beside the blocks. It is written before blocks that are
 * new and after blocks that go, so that a worker stopped in between leaves names without
 * blocks, which heal when they are asked for, and never blocks that nothing names.
 */
import { keyOf, type Block } from './blocks.ts';
import { openBound, type Bound } from './bound.ts';
import { readKept, writeKept, type CacheLike } from './kept-file.ts';
import { readList, writeList } from './block-list.ts';

export interface BlockCache {
  /** Of all blocks. */
  readonly bytes: number;
  blocksOf(path: string): readonly Block[];
  /** The bytes of `block`; `undefined` when they are not there after all. */
  read(block: Block): Promise<Uint8Array | undefined>;
  /** Keeps `bytes`, soon. */
  keep(block: Block, bytes: Uint8Array): void;
  /** Lets go of the blocks that `isGone` tells. */
  drop(isGone: (block: Block) => boolean): void;
  /** Fulfilled when nothing is left to be written. Never rejects. */
  settled(): Promise<void>;
  /** Deletes what is in the cache and not in the list, but for `others`. */
  sweep(others: readonly string[]): Promise<void>;
}

const LIST = 'blocks.json';

async function openList(cache: CacheLike, url: string, room: number): Promise<Bound> {
  const bytes = await readKept(cache, url);
  return openBound(room, (bytes && readList(bytes)) ?? []);
}

/** The blocks that `cache` keeps under addresses that begin with `address`. */
export async function openBlockCache(cache: CacheLike, address: string, room: number): Promise<BlockCache> {
  const bound = await openList(cache, address + LIST, room);
  const urlOf = (block: Block): string => address + keyOf(block);
  /** To be written, and to be deleted, by address. */
  const coming = new Map<string, { readonly block: Block; readonly bytes: Uint8Array }>();
  const going = new Set<string>();
  let isListOld = false;
  let writing: Promise<void> | null = null;

  const letGo = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      coming.delete(urlOf(block));
      going.add(urlOf(block));
      isListOld = true;
    }
  };
  /** Storage is full: room is made of what was used longest ago, and the block is not kept. */
  const giveUp = (block?: Block): void => {
    if (block) bound.remove(block);
    letGo(bound.shrink(bound.bytes * 0.75));
  };
  const writeBatch = async (): Promise<void> => {
    const [gone, batch] = [[...going], [...coming]];
    going.clear();
    await Promise.all(gone.map((url) => cache.delete(url).catch(() => false)));
    isListOld = false;
    await writeKept(cache, address + LIST, writeList(bound.all())).catch(() => {
      giveUp();
    });
    for (const [url, { block, bytes }] of batch) {
      if (!coming.has(url)) continue;
      await writeKept(cache, url, bytes).catch(() => {
        giveUp(block);
      });
      if (coming.get(url)?.bytes === bytes) coming.delete(url);
    }
  };
  const writeAll = async (): Promise<void> => {
    // In a later turn, when `writing` is this promise.
    await Promise.resolve();
    while (coming.size + going.size > 0 || isListOld) await writeBatch();
    writing = null;
  };
  const write = (): Promise<void> => (writing ??= writeAll());

  // There may have been more room before.
  letGo(bound.shrink(room));
  return {
    get bytes() {
      return bound.bytes;
    },
    blocksOf: (path) => bound.blocksOf(path),
    async read(block) {
      const bytes = coming.get(urlOf(block))?.bytes ?? (await readKept(cache, urlOf(block)));
      if (bytes?.length === block.length) {
        bound.use(block);
        isListOld = true;
        return bytes;
      }
      bound.remove(block);
      letGo([block]);
      return undefined;
    },
    keep(block, bytes) {
      const gone = bound.add(block);
      letGo(gone);
      if (!gone.includes(block)) coming.set(urlOf(block), { block, bytes });
      void write();
    },
    drop(isGone) {
      const gone = bound.all().filter(isGone);
      for (const block of gone) bound.remove(block);
      letGo(gone);
      void write();
    },
    settled: write,
    async sweep(others) {
      await write();
      const requests = await cache.keys();
      const known = new Set([...bound.all().map(keyOf), LIST, ...others].map((key) => address + key));
      const unknown = requests.filter(({ url }) => !known.has(url));
      await Promise.all(unknown.map((request) => cache.delete(request)));
    },
  };
}
