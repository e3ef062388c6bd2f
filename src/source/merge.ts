/**
 * Which spans of a file to ask for together: a request costs a round trip, a needless
 * byte only its share of the line. Refuses to make one request of more than a megabyte,
 * so that the rest can come in parallel; a span longer than that is its own.
 */

/** Less time on a line of 5 Mbit/s than a round trip. */
const GAP_BYTES = 16 * 1024;
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

function joined<S extends Span>(run: Run<S>, span: S): Run<S> | undefined {
  const end = run.offset + run.length;
  const newEnd = Math.max(end, span.offset + span.length);
  if (span.offset - end > GAP_BYTES || newEnd - run.offset > MOST_BYTES) return undefined;
  return { offset: run.offset, length: newEnd - run.offset, spans: [...run.spans, span] };
}

/** `spans` in as few requests as is worth it, in the order of the file. */
export function merged<S extends Span>(spans: readonly S[]): Run<S>[] {
  const runs: Run<S>[] = [];
  for (const span of [...spans].sort((a, b) => a.offset - b.offset)) {
    const last = runs.at(-1);
    const longer = last === undefined ? undefined : joined(last, span);
    if (longer === undefined) runs.push({ offset: span.offset, length: span.length, spans: [span] });
    else runs[runs.length - 1] = longer;
  }
  return runs;
}
