/**
 * Many units in order, cut into trips that double in bytes: who stops early has read
 * little too much, who reads on soon waits no more for round trips than for bytes.
 */
import type { Span } from './merge.ts';

const FIRST_BYTES = 64 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;

/** Takes one span too many to know that a trip is full: it begins the next. */
export async function* tripsOf<S extends Span>(spans: Iterable<S> | AsyncIterable<S>): AsyncGenerator<S[]> {
  let trip: S[] = [];
  let bytes = 0;
  let most = FIRST_BYTES;
  for await (const span of spans) {
    if (trip.length > 0 && bytes + span.length > most) {
      yield trip;
      trip = [];
      bytes = 0;
      most = Math.min(2 * most, MOST_BYTES);
    }
    trip.push(span);
    bytes += span.length;
  }
  if (trip.length > 0) yield trip;
}
