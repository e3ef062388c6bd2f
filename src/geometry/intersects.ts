/**
 * Whether two shapes share a point, exactly; a boundary belongs to its shape.
 *
 * A shape is the union of its points, its lines and its polygons. A polygon is all that
 * lies within its rings by the even-odd rule, and the rings themselves. For a valid
 * polygon that is what everyone means; rings that cross themselves or each other, holes
 * outside their shell and rings without area are not repaired and have one meaning too.
 */
import { edgesCross } from './edge.ts';
import { boxOfEdge, figureOf, isApart, someEdgeOf, someRun, type Figure, type Run } from './figure.ts';
import { boxesMeet, type Box } from './lattice.ts';
import { isWithin, vertexProbe } from './locate.ts';
import type { Coordinates, Shape } from './shape.ts';

/**
 * Whether the edge at `at` shares a point with any of `run`. As `someEdgeOf` has it, but
 * without a call for each edge: this is the innermost loop of all.
 */
function meetsRun(edge: Coordinates, at: number, { xy, start, end }: Run): boolean {
  const [left, bottom, right, top] = boxOfEdge(edge, at);
  for (let i = start; i < end; i += 2) {
    if (!isApart(xy, i, left, bottom, right, top) && edgesCross(edge, at, xy, i)) return true;
  }
  return false;
}

/** Whether any edge of `run` shares a point with any of `other`, which lies in `box`. */
function runsMeet(run: Run, other: Run, box: Box): boolean {
  return someEdgeOf(run, box, (xy, i) => meetsRun(xy, i, other));
}

/** Whether any edge of `a` shares a point with any edge of `b`. */
export function edgesOfFiguresMeet(a: Figure, b: Figure): boolean {
  const [few, many] = a.runs.length < b.runs.length ? [a, b] : [b, a];
  const [{ 0: one, length }, { 0: only }] = [many.runs, few.runs];
  // Two parcels, as a rule: nothing to search.
  if (length === 1 && one !== undefined && only !== undefined) return runsMeet(only, one, many.box);
  return someRun(few, many.box, (run, own) => someRun(many, own, (other, box) => runsMeet(run, other, box)));
}

/** Whether any path of `a` starts in a polygon of `b`. */
export function startsWithin(a: Figure, b: Figure): boolean {
  return someRun(a, b.box, ({ xy, start }) => start === 0 && isWithin(b, vertexProbe(xy, 0)));
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
