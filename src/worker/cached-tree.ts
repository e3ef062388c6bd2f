/**
 * A tree over another that keeps what it brings. What is named by its content is kept
 * until it must make room, and is asked of the other tree no more; all else is passed on.
 * Refuses to keep anything of a read that failed, and never answers other bytes than those
 * asked for; whether they are right, the library's checksums tell: `fresh` then reads past
 * what is kept, and replaces it.
 */
import { GAP_BYTES, type Span } from '../source/merge.ts';
import type { FileRef, TreeSource } from '../source/range.ts';
import type { BlockCache } from './block-cache.ts';
import { holdingOf, isRange, joined, overlap } from './blocks.ts';

/** As `data/cadastre/parcelle.0123456789abcdef.idx`. */
const CONTENT_NAMED = /\.[0-9a-f]{16}\.\w+$/;

/** What is under way, by file: a read that ends in the gap of another takes the gap along. */
type Underway = Map<string, Set<Span>>;

function copy(target: Uint8Array, { offset }: Span, from: Uint8Array, at: number): void {
  const start = Math.max(0, offset - at);
  const end = Math.min(from.length, offset + target.length - at);
  target.set(from.subarray(start, end), at + start - offset);
}

/** `tree`, what it brings being kept in `blocks`. */
export function cachedTree(tree: TreeSource, blocks: BlockCache): TreeSource {
  const underway: Underway = new Map();
  const rangesOf = (path: string) => blocks.blocksOf(path).filter(isRange);

  /** Reads at least `missing`, and keeps it. */
  const fetchRange = async (
    file: FileRef,
    missing: Span,
    signal: AbortSignal | undefined,
    fresh = false,
  ): Promise<{ readonly bytes: Uint8Array; readonly at: number }> => {
    const { path } = file;
    const spans = underway.get(path) ?? new Set();
    const span = fresh ? missing : joined(missing, [...rangesOf(path), ...spans], GAP_BYTES);
    underway.set(path, spans.add(span));
    try {
      const bytes = await tree.range(file, span.offset, span.length, signal, fresh);
      if (fresh) blocks.drop((kept) => kept.path === path && isRange(kept) && overlap(kept, span));
      if (CONTENT_NAMED.test(path)) blocks.keep({ path, ...span }, bytes);
      return { bytes, at: span.offset };
    } finally {
      spans.delete(span);
      if (spans.size === 0) underway.delete(path);
    }
  };

  const range: TreeSource['range'] = async (file, offset, length, signal, fresh) => {
    const span = { offset, length };
    if (fresh === true) return (await fetchRange(file, span, signal, true)).bytes;
    const { used, missing } = holdingOf(rangesOf(file.path), span);
    const parts = await Promise.all(used.map((block) => blocks.read(block)));
    signal?.throwIfAborted();
    // What was not there after all is not looked for again.
    if (parts.includes(undefined)) return range(file, offset, length, signal);
    const bytes = new Uint8Array(length);
    for (const [i, block] of used.entries()) copy(bytes, span, parts[i] ?? bytes, block.offset);
    if (missing === null) return bytes;
    const fetched = await fetchRange(file, missing, signal);
    copy(bytes, span, fetched.bytes, fetched.at);
    return bytes;
  };

  return {
    base: tree.base,
    range,
    async whole(path, signal, fresh) {
      if (!CONTENT_NAMED.test(path)) return tree.whole(path, signal, fresh);
      const kept = fresh === true ? undefined : blocks.blocksOf(path).find((block) => !isRange(block));
      const found = kept && (await blocks.read(kept));
      signal?.throwIfAborted();
      if (found) return found.slice();
      const bytes = await tree.whole(path, signal, fresh);
      blocks.keep({ path, offset: null, length: bytes.length }, bytes.slice());
      return bytes;
    },
  };
}
