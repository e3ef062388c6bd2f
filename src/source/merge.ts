/**
 * Which spans of a file to ask for together: a request costs a round trip, a needless
 * byte only its share of the line. Refuses to make one request of more than a megabyte,
 * so that the rest can come in parallel; a span longer than that is its own.
 */

/** Less time on a line of 5 Mbit/s than a round trip. */
export const GAP_BYTES = 16 * 1024;
const MOST_BYTES = 1024 * 1024;

/** The bytes [offset, offset + length) of a file. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Spans to be read as one. */
export interface Run<S extends Span> extends Span {
  readonly spans: readonly S[];
}

/** `spans` in as few requests as is worth it, in the order of the file. */
export function merged<S extends Span>(spans: Iterable<S>): Run<S>[] {
  let last = { offset: -Infinity, length: 0, spans: [] as S[] };
  const runs: Run<S>[] = [];
  for (const span of [...spans].sort((a, b) => a.offset - b.offset)) {
    const { offset, length } = span;
    const together = Math.max(last.length, offset + length - last.offset);
    if (together <= MOST_BYTES && offset - last.offset - last.length <= GAP_BYTES) {
      last.length = together;
      last.spans.push(span);
    } else runs.push((last = { offset, length, spans: [span] }));
  }
  return runs;
}
