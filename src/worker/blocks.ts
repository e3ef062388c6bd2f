/**
 * Blocks of files, and which of them hold a span. Pure reckoning: nothing is read here.
 */
import type { Span } from '../source/merge.ts';

/** Bytes of a file that are kept. */
export interface Block {
  /** Of the file, relative to the tree. */
  readonly path: string;
  /** `null` for a whole file. */
  readonly offset: number | null;
  readonly length: number;
}

/** A block of a file that is read by ranges. */
export type RangeBlock = Block & Span;

/** Unlike any other block's, and relative to where the blocks are kept: `data/x.idx?bytes=0-99`. */
export function keyOf({ path, offset, length }: Block): string {
  return offset === null ? path : `${path}?bytes=${offset}-${offset + length - 1}`;
}

export function isRange(block: Block): block is RangeBlock {
  return block.offset !== null;
}

export function endOf({ offset, length }: Span): number {
  return offset + length;
}

/** What blocks hold of a span: all but one span in its midst. */
export interface Holding {
  readonly used: readonly RangeBlock[];
  /** To be read; `null` when nothing is missing. */
  readonly missing: Span | null;
}

/**
 * What `blocks` hold of `span`, from its start and from its end. What lies between is read
 * in one request, whatever is held of it: a request costs more than a few bytes.
 */
export function holdingOf(blocks: readonly RangeBlock[], span: Span): Holding {
  const used = new Set<RangeBlock>();
  let [start, end] = [span.offset, endOf(span)];
  const reaching = (has: (block: RangeBlock) => boolean): RangeBlock | undefined => {
    const found = start < end ? blocks.find(has) : undefined;
    if (found) used.add(found);
    return found;
  };
  for (let found; (found = reaching((block) => block.offset <= start && endOf(block) > start));) {
    start = endOf(found);
  }
  for (let found; (found = reaching((block) => block.offset < end && endOf(block) >= end));) {
    end = found.offset;
  }
  return { used: [...used], missing: start < end ? { offset: start, length: end - start } : null };
}

/**
 * `span`, joined to the spans of `near` that lie within `gap` bytes of it. Units near each
 * other are read in one request, with what lies between them: unless that is kept, too,
 * units that were read one after the other could not be read together without the network.
 */
export function joined(span: Span, near: readonly Span[], gap: number): Span {
  const end = endOf(span);
  const before = near.map(endOf).filter((at) => at <= span.offset && span.offset - at <= gap);
  const after = near.map(({ offset }) => offset).filter((at) => at >= end && at - end <= gap);
  const from = before.length > 0 ? Math.max(...before) : span.offset;
  return { offset: from, length: (after.length > 0 ? Math.min(...after) : end) - from };
}

/** Whether the two share a byte. */
export function overlap(a: Span, b: Span): boolean {
  return a.offset < endOf(b) && b.offset < endOf(a);
}
