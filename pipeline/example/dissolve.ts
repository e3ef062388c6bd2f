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
  const start = outer[0]?.[0] ?? [0, 0];
  const outline: Point[] = [start];
  for (let at = onward.get(key(start)); at; at = onward.get(key(at))) {
    outline.push(at);
    if (key(at) === key(start)) break;
  }
  if (outline.length !== onward.size + 1) throw new Error('these areas have no single outline');
  return outline;
}
