/**
 * Whether two shapes share a point, exactly; a boundary belongs to its shape.
 *
 * A shape is the union of its points, its lines and its polygons. A polygon is all that
 * lies within its rings by the even-odd rule, and the rings themselves. For a valid
 * polygon that is what everyone means; rings that cross themselves or each other, holes
 * outside their shell and rings without area are not repaired and have one meaning too.
 */
import { treesMeet, type EdgeTree } from './edge-tree.ts';
import { figureOf, type Figure } from './figure.ts';
import { boxesMeet } from './lattice.ts';
import { covers, vertexProbe } from './locate.ts';
import type { Shape } from './shape.ts';

/** Whether `polygon` is one and some chain of `part` starts in it. */
export function startsWithin(part: EdgeTree, polygon: EdgeTree): boolean {
  if (polygon.dimension < 2) return false;
  return part.some(polygon.box, (i) => part.startsChain(i) && covers(polygon, vertexProbe(part.xy, i)));
}

/**
 * Where no edges meet, a chain lies wholly within a polygon or wholly without, so its
 * first vertex speaks for it; and where an area is shared nevertheless, some chain of one
 * part lies within the other.
 */
function partsMeet(a: EdgeTree, b: EdgeTree): boolean {
  return treesMeet(a, b) || startsWithin(a, b) || startsWithin(b, a);
}

export function figuresMeet(a: Figure, b: Figure): boolean {
  const [few, many] = a.parts.length < b.parts.length ? [a, b] : [b, a];
  return few.parts.some((part) => many.some(part.box, (other) => partsMeet(part, other)));
}

/** Whether `a` and `b` share a point. `prepare` the one that is asked about more than once. */
export function intersects(a: Shape, b: Shape): boolean {
  return boxesMeet(a.box, b.box) && figuresMeet(figureOf(a, b.box), figureOf(b, a.box));
}
