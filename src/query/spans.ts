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

/** Groups `spans`, which stand in ascending order, into requests. */
export function batches<T extends Span>(spans: readonly T[]): Batch<T>[] {
  const result: { start: number; end: number; items: T[] }[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    const joins = last !== undefined && span.start - last.end <= WIDEST_GAP;
    if (joins && span.end - last.start <= LONGEST_BATCH) {
      last.end = Math.max(last.end, span.end);
      last.items.push(span);
    } else {
      result.push({ start: span.start, end: span.end, items: [span] });
    }
  }
  return result;
}

/** Groups requests into round trips: each trip's requests are sent at once, trips follow one another. */
export function* trips<T extends Span>(requests: readonly T[]): Generator<T[]> {
  let ceiling = FIRST_TRIP;
  let trip: T[] = [];
  let bytes = 0;
  for (const request of requests) {
    const length = request.end - request.start;
    if (trip.length > 0 && (trip.length === MOST_BATCHES || bytes + length > ceiling)) {
      yield trip;
      ceiling = Math.min(2 * ceiling, GREATEST_TRIP);
      [trip, bytes] = [[], 0];
    }
    trip.push(request);
    bytes += length;
  }
  if (trip.length > 0) yield trip;
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
