/**
 * Which blocks are kept, within a number of bytes: those used last. Tells what must go;
 * reads and deletes nothing itself, so that making room costs no reading. Refuses to keep
 * a block that alone would take more than a quarter of the room.
 */
import { endOf, isRange, keyOf, type Block } from './blocks.ts';

export interface Bound {
  /** Of all blocks. */
  readonly bytes: number;
  /** Those of one file. */
  blocksOf(path: string): readonly Block[];
  /** Marks `block` as the one used last. */
  use(block: Block): void;
  /** Keeps `block`. Gives the blocks that go: those within it, and those used longest ago. */
  add(block: Block): Block[];
  remove(block: Block): void;
  /** Makes room until no more than `bytes` are kept. Gives the blocks that go. */
  shrink(bytes: number): Block[];
  /** All of them, the one used longest ago first. */
  all(): Block[];
}

function holds(outer: Block, inner: Block): boolean {
  if (!isRange(outer) || !isRange(inner)) return false;
  return outer.offset <= inner.offset && endOf(outer) >= endOf(inner);
}

/** A bound of `room` bytes that begins with `blocks`, the one used longest ago first. */
export function openBound(room: number, blocks: readonly Block[] = []): Bound {
  // Maps keep the order of insertion: the first is the one used longest ago.
  const kept = new Map<string, Block>();
  const byPath = new Map<string, Set<Block>>();
  let bytes = 0;

  const remove = (block: Block): void => {
    const key = keyOf(block);
    const found = kept.get(key);
    if (found === undefined) return;
    kept.delete(key);
    byPath.get(block.path)?.delete(found);
    if (byPath.get(block.path)?.size === 0) byPath.delete(block.path);
    bytes -= found.length;
  };
  const insert = (block: Block): void => {
    kept.set(keyOf(block), block);
    byPath.set(block.path, (byPath.get(block.path) ?? new Set()).add(block));
    bytes += block.length;
  };
  const shrink = (most: number): Block[] => {
    const gone: Block[] = [];
    for (const block of kept.values()) {
      if (bytes <= most) break;
      remove(block);
      gone.push(block);
    }
    return gone;
  };
  const blocksOf = (path: string): Block[] => [...(byPath.get(path) ?? [])];

  for (const block of blocks) insert(block);
  return {
    get bytes() {
      return bytes;
    },
    blocksOf,
    use(block) {
      const key = keyOf(block);
      const found = kept.get(key);
      if (found === undefined) return;
      kept.delete(key);
      kept.set(key, found);
    },
    add(block) {
      if (block.length > room / 4) return [block];
      remove(block);
      const within = blocksOf(block.path).filter((other) => holds(block, other));
      for (const other of within) remove(other);
      insert(block);
      return [...within, ...shrink(room)];
    },
    remove,
    shrink,
    all: () => [...kept.values()],
  };
}
