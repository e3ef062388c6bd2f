/**
 * Cuts what is to be read, in order, into trips that double in bytes: who stops early has
 * read little too much, who reads on soon waits for bytes and not for round trips.
 */
import type { Search } from './search.ts';

const FIRST_BYTES = 64 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;

/** Trips of `items`, each of so many bytes. Who will read all is not held back. */
export async function* tripsOf<T extends { readonly length: number }>(
  { limit }: Search,
  items: Iterable<T> | AsyncIterable<T>,
): AsyncGenerator<T[]> {
  let most = limit === Infinity ? MOST_BYTES : FIRST_BYTES;
  let trip: T[] = [];
  let bytes = 0;
  for await (const item of items) {
    if (bytes > 0 && bytes + item.length > most) {
      yield trip;
      trip = [];
      bytes = 0;
      most = Math.min(2 * most, MOST_BYTES);
    }
    trip.push(item);
    bytes += item.length;
  }
  yield trip;
}
