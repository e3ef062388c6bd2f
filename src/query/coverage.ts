/**
 * Whether a tree covers the place that was asked, as far as the boxes tell that its
 * partitions declare. A box is wider than what it stands for, so `outside` is certain and
 * `inside` is not: a place just over the border of a département may lie in its box.
 */
import { boxesMeet, type Box } from '../geometry/lattice.ts';

/**
 * - `inside`: the whole box of the query lies in boxes that are covered; or the codes name
 *   a département that is published.
 * - `partial`: some of it does.
 * - `outside`: none of it does, or the codes name a département that is not published.
 *   The answer is empty because nothing is known there, not because nothing is there.
 * - `unknown`: the query names no place, so nothing can be said.
 */
export type Coverage = 'inside' | 'partial' | 'outside' | 'unknown';

/** The parts of `box` that `cut` does not cover. */
function without(box: Box, cut: Box): Box[] {
  const [minX, minY, maxX, maxY] = box;
  const left = Math.max(minX, cut[0]);
  const right = Math.min(maxX, cut[2]);
  const parts: Box[] = [];
  // A side that is all they share stays: it would add to the parts each time that `cut` returns.
  if (!boxesMeet(box, cut) || (left === right && minX < maxX)) return [box];
  if (minX < left) parts.push([minX, minY, left, maxY]);
  if (right < maxX) parts.push([right, minY, maxX, maxY]);
  if (minY < cut[1]) parts.push([left, minY, right, cut[1]]);
  if (cut[3] < maxY) parts.push([left, cut[3], right, maxY]);
  return parts;
}

/** How `boxes`, those that are covered, cover `box`; all in degrees. */
export function coverageOf(box: Box, boxes: readonly Box[]): Coverage {
  if (!boxes.some((other) => boxesMeet(box, other))) return 'outside';
  let uncovered = [box];
  for (const other of boxes) uncovered = uncovered.flatMap((part) => without(part, other));
  return uncovered.length === 0 ? 'inside' : 'partial';
}
