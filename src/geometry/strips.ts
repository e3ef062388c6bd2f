/**
 * Puts many items in an order in which those beside each other are near each other: in
 * strips from west to east, and from south to north within each strip, as R-trees are
 * packed. A tree of boxes over items that come in no order would open all of them.
 */
import { FANOUT } from './box-tree.ts';

/** More than any two latitudes differ by, in lattice steps. */
const HEIGHT = 2 ** 35;

/** The items in strips, each at its `place`: the x and y of any point of it. */
export function inStrips<T>(
  items: readonly T[],
  place: (item: T) => readonly [x: number, y: number],
): readonly T[] {
  if (items.length <= FANOUT) return items;
  let [west, east] = [Infinity, -Infinity];
  for (const item of items) {
    const [x] = place(item);
    west = Math.min(west, x);
    east = Math.max(east, x);
  }
  // As many strips as each of them then has boxes of items.
  const width = (east - west + 1) / Math.ceil(Math.sqrt(items.length / FANOUT));
  return items
    .map((item) => {
      const [x, y] = place(item);
      return { item, rank: Math.floor((x - west) / width) * HEIGHT + y };
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
