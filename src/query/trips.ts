/**
 * Cuts what is to be read, in order, into trips that double in bytes: who stops early has
 * read little too much, who reads on soon waits for bytes and not for round trips.
 */
import type { Search } from './search.ts';

const FIRST_BYTES = 64 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;

/** Trips of `items`; `lengthOf` tells what each costs. Who will read all is not held back. */
export async function* tripsOf<T>(
  { isStream, question }: Search,
  items: Iterable<T> | AsyncIterable<T>,
  lengthOf: (item: T) => number,
): AsyncGenerator<T[]> {
  let most = question.limit === Infinity && !isStream ? MOST_BYTES : FIRST_BYTES;
  let trip: T[] = [];
  let bytes = 0;
  for await (const item of items) {
    const length = lengthOf(item);
    if (trip.length > 0 && bytes + length > most) {
      yield trip;
      trip = [];
      bytes = 0;
      most = Math.min(2 * most, MOST_BYTES);
    }
    trip.push(item);
    bytes += length;
  }
  if (trip.length > 0) yield trip;
}
