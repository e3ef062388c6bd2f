/**
 * What things cost a page before it is deflated, in bytes that a page is about to have
 * after: coordinates hardly deflate, values do. Whole numbers, so that sums do not depend
 * on their order.
 */
import type { LocalPart } from '../../../src/geometry/local.ts';
import type { Coordinates } from '../../../src/geometry/shape.ts';

/** Bytes of encoded properties to one of a page: most are as those of the neighbours. */
const PROPERTIES_TO_ONE = 4;
/** Of the place of a feature: two offsets, a checksum and a box. */
export const PLACE_COST = 24;
/** Of the first vertex of a path and of its length. */
export const PATH_COST = 5;

/** Bytes of a difference between two coordinates. */
export function deltaCost(delta: number): number {
  const size = Math.abs(delta);
  if (size < 64) return 1;
  if (size < 8192) return 2;
  if (size < 1048576) return 3;
  return size < 134217728 ? 4 : 5;
}

/** Bytes of a path as differences from vertex to vertex. */
function pathCost(xy: Coordinates): number {
  let cost = PATH_COST;
  for (let i = 2; i < xy.length; i += 2) {
    cost += deltaCost((xy[i] ?? 0) - (xy[i - 2] ?? 0)) + deltaCost((xy[i + 1] ?? 0) - (xy[i - 1] ?? 0));
  }
  return cost;
}

export function partsCost(parts: readonly LocalPart[]): number {
  let cost = 0;
  for (const { chains } of parts) {
    cost += 1;
    for (const chain of chains) cost += pathCost(chain);
  }
  return cost;
}

/** The cost of the values of a feature whose properties take so many bytes. */
export function valuesCost(propertyBytes: number): number {
  return 2 + Math.ceil(propertyBytes / PROPERTIES_TO_ONE);
}
