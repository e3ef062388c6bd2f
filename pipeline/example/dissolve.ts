/**
 * The outline of areas that tile: what remains when the limits that two of them share,
 * walked in opposite directions, are taken out. Exact, because neighbours share their
 * vertices; areas that enclose a hole or do not touch are refused.
 */
import { eachSegment, type Point, type Ring } from './ring.ts';

function key(point: Point): string {
  return point.join(' ');
}

/** @throws Error when the areas have no single outline. */
export function dissolve(rings: readonly Ring[]): Ring {
  const backwards = new Set<string>();
  for (const ring of rings) eachSegment(ring, (a, b) => backwards.add(`${key(b)}>${key(a)}`));
  const outer: [Point, Point][] = [];
  for (const ring of rings) {
    eachSegment(ring, (a, b) => {
      if (!backwards.has(`${key(a)}>${key(b)}`)) outer.push([a, b]);
    });
  }
  const onward = new Map(outer.map(([a, b]) => [key(a), b]));
  const outline = outer.slice(0, 1).map(([a]) => a);
  for (let at = outline[0]; at && outline.length <= onward.size;) {
    at = onward.get(key(at));
    if (at) outline.push(at);
  }
  const [first, last] = [outline[0], outline.at(-1)];
  if (!first || !last || key(first) !== key(last)) throw new Error('these areas have no single outline');
  return outline;
}
