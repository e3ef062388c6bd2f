/**
 * Whether two shapes share a point, exactly; a boundary belongs to its shape.
 *
 * A shape is the union of its points, its lines and its polygons. A polygon is all that
 * lies within its rings by the even-odd rule, and the rings themselves. For a valid
 * polygon that is what everyone means; rings that cross themselves or each other, holes
 * outside their shell and rings without area are not repaired and have one meaning too.
 */
import { edgesCross } from './edge.ts';
import { boxOfEdge, figureOf, someEdge, someEdgeOf, someRun, type Figure } from './figure.ts';
import { boxesMeet } from './lattice.ts';
import { isWithin, vertexProbe } from './locate.ts';
import type { Shape } from './shape.ts';

/** Whether any edge of `a` shares a point with any edge of `b`. */
export function edgesOfFiguresMeet(a: Figure, b: Figure): boolean {
  const [few, many] = a.runs.length < b.runs.length ? [a, b] : [b, a];
  return someRun(few, many.box, (run, own) =>
    someRun(many, own, (other) =>
      someEdgeOf(run, many.box, (xy, i) =>
        someEdgeOf(other, boxOfEdge(xy, i), (theirs, j) => edgesCross(xy, i, theirs, j)),
      ),
    ),
  );
}

/** Whether any path of `a` starts in a polygon of `b`. */
export function startsWithin(a: Figure, b: Figure): boolean {
  return someEdge(a, b.box, (xy, i) => i === 0 && isWithin(b, vertexProbe(xy, i)));
}

/**
 * Where no edges meet, a path lies wholly within a polygon or wholly without, so its first
 * vertex speaks for it; and where an area is shared nevertheless, some path of one figure
 * lies within the other.
 */
export function figuresMeet(a: Figure, b: Figure): boolean {
  return edgesOfFiguresMeet(a, b) || startsWithin(a, b) || startsWithin(b, a);
}

/** Whether `a` and `b` share a point. `prepare` the one that is asked about more than once. */
export function intersects(a: Shape, b: Shape): boolean {
  return boxesMeet(a.box, b.box) && figuresMeet(figureOf(a), figureOf(b));
}
