/**
 * Puts together what is read together: neighbouring spans of a file become one
 * request, a few requests one round trip. Refuses to plan a round trip that holds
 * more than a tab can bear.
 */

/** Bytes [start, end) of a file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Spans that one request reads, in order. */
export interface Batch<T extends Span> extends Span {
  readonly items: readonly T[];
}

/** Reading this much in vain costs less than a request of its own on an ordinary line. */
const WIDEST_GAP = 16 * 1024;
/** Longer requests gain nothing, and hold the first features back. */
const LONGEST_BATCH = 1024 * 1024;
/** Chromium opens six connections to a host that speaks HTTP/1.1. */
const MOST_BATCHES = 6;
/** A round trip begins this small, so that a first page costs little, and doubles up to the greatest. */
const FIRST_TRIP = 64 * 1024;
const GREATEST_TRIP = 4 * 1024 * 1024;

interface OpenBatch<T> {
  start: number;
  end: number;
  items: T[];
}

/** The requests of one round trip, as they are gathered. */
class Trip<T extends Span> {
  readonly batches: OpenBatch<T>[] = [];
  #bytes = 0;

  /** Takes `span` unless the trip would pass `ceiling` by it; the first one always fits. */
  take(span: T, ceiling: number): boolean {
    const last = this.batches.at(-1);
    const joins = last !== undefined && span.start - last.end <= WIDEST_GAP;
    const added = span.end - (joins ? last.end : span.start);
    if (last !== undefined && this.#bytes + added > ceiling) return false;
    if (joins && span.end - last.start <= LONGEST_BATCH) {
      last.end = span.end;
      last.items.push(span);
    } else if (this.batches.length < MOST_BATCHES) {
      this.batches.push({ start: span.start, end: span.end, items: [span] });
    } else {
      return false;
    }
    this.#bytes += added;
    return true;
  }
}

/**
 * Groups `spans`, which stand in ascending order, into requests and these into round
 * trips: the requests of a trip are sent at once, trips follow one another.
 */
export function* trips<T extends Span>(spans: Iterable<T>): Generator<readonly Batch<T>[]> {
  let ceiling = FIRST_TRIP;
  let trip = new Trip<T>();
  for (const span of spans) {
    if (trip.take(span, ceiling)) continue;
    yield trip.batches;
    ceiling = Math.min(2 * ceiling, GREATEST_TRIP);
    trip = new Trip<T>();
    trip.take(span, ceiling);
  }
  if (trip.batches.length > 0) yield trip.batches;
}

/** The spans that cut [start, end) into pieces that grow as round trips do. */
export function* pieces(start: number, end: number): Generator<Span> {
  let length = FIRST_TRIP;
  for (let at = start; at < end;) {
    const piece = { start: at, end: Math.min(at + length, end) };
    yield piece;
    at = piece.end;
    length = Math.min(2 * length, GREATEST_TRIP);
  }
}
