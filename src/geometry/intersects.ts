/**
 * Whether two shapes share a point, exactly; a boundary belongs to its shape.
 *
 * A shape is the union of its points, its lines and its polygons. A polygon is all that
 * lies within its rings by the even-odd rule, and the rings themselves. For a valid
 * polygon that is what everyone means; rings that cross themselves or each other, holes
 * outside their shell and rings without area are not repaired and have one meaning too.
 */
import { figureOf, somePart, type Figure } from './figure.ts';
import { boxesMeet } from './lattice.ts';
import { covers, vertexProbe } from './locate.ts';
import { meetsEdge, someEdge, type Part } from './part.ts';
import type { Coordinates, Shape } from './shape.ts';

/** Whether any edge of `a` shares a point with any edge of `b`. */
export function edgesOfPartsMeet(a: Part, b: Part): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  return someEdge(few, many.box, (xy, i) => meetsEdge(many, xy, i));
}

/** Whether `polygon` is one and some chain of `part` starts in it. */
export function startsWithin(part: Part, polygon: Part): boolean {
  if (polygon.dimension < 2) return false;
  const isWithin = (xy: Coordinates): boolean => covers(polygon, vertexProbe(xy, 0));
  return part.tree === undefined
    ? part.paths.some(isWithin)
    : someEdge(part, polygon.box, (xy, i) => i === 0 && isWithin(xy));
}

/**
 * Where no edges meet, a chain lies wholly within a polygon or wholly without, so its
 * first vertex speaks for it; and where an area is shared nevertheless, some chain of one
 * part lies within the other.
 */
function partsMeet(a: Part, b: Part): boolean {
  return edgesOfPartsMeet(a, b) || startsWithin(a, b) || startsWithin(b, a);
}

export function figuresMeet(a: Figure, b: Figure): boolean {
  return somePart(a, b.box, (part) => somePart(b, part.box, (other) => partsMeet(part, other)));
}

/** Whether `a` and `b` share a point. `prepare` the one that is asked about more than once. */
export function intersects(a: Shape, b: Shape): boolean {
  return boxesMeet(a.box, b.box) && figuresMeet(figureOf(a, b.box), figureOf(b, a.box));
}
