/**
 * Local parts: what one closed cell of the index must know of a shape that is too large
 * to stand in it whole. Nothing is clipped: every edge that meets the cell is there with
 * its exact vertices, and one bit says where the cell lies in a polygon.
 *
 * **The bit.** For a point p of the cell let "over" be what `locate` says: an odd number
 * of the polygon's edges cross the ray from p towards +x, by the half-open rule, those
 * through p not counted. The edges are those listed, L, and all others, U; none of U
 * meets the cell. Every vertex of the polygon has an even number of edges, so U is closed
 * but for the ends of the chains of L. Close it by a path from each end to far below: an
 * end with x > maxX goes right to infinity, then down; any other lies left of, below or
 * above the cell and goes around it on the left. (No end lies in the cell, or the next
 * edge would meet it; where a closed chain starts, two ends cancel.) U and these paths do
 * not meet the cell, which is convex: the ray crosses them an odd number of times for all
 * p of the cell or for none, and `isOver` says which. Of the paths only those of ends v
 * with v.x > maxX and v.y > p.y cross the ray: v.y = p.y does not count, as in `locate`,
 * whose ray runs just above p. Therefore
 *
 *     over(p) = isOver xor (L crosses the ray oddly) xor (oddly many such ends).
 *
 * **The test** of a query against the parts finds nothing that is not so, as it uses only
 * whole edges of the shape, and misses no point of the cell that both have. Take such a
 * point, and let no edge or point listed meet one of the query (1). Then each chain lies
 * wholly in a polygon of the query or out of it, and each stretch of the query's edges in
 * the cell wholly in the polygon or out. So the point is on a chain that lies in a polygon
 * of the query (2), or on a stretch of the query that lies in the polygon (3), or inside
 * of both. In the last case go from it through the cell, inside of both, to an edge of
 * either, which gives (2) or (3); or the cell has no edge of either: then it is covered,
 * and any point of the query in it will do (4).
 */
import type { Coordinates, Dimension } from '../shape.ts';

export interface LocalPart {
  /** 0: points; 1: lines; 2: one polygon. */
  readonly dimension: Dimension;
  /** The closed cell lies in the polygon, and no edge meets it. */
  readonly covers: boolean;
  /** Of a polygon: see above. */
  readonly isOver: boolean;
  /** Runs of consecutive edges that meet the closed cell; of points, one path of one vertex each. */
  readonly chains: readonly Coordinates[];
}

/**
 * Whether an odd number of the ends of `chains` lie right of `maxX` and above `y`. The two
 * ends of a closed chain cancel.
 */
export function endsOver(chains: readonly Coordinates[], maxX: number, y: number): boolean {
  let isOdd = false;
  for (const xy of chains) {
    for (const end of [0, xy.length - 2]) {
      if ((xy[end] ?? NaN) > maxX && (xy[end + 1] ?? NaN) > y) isOdd = !isOdd;
    }
  }
  return isOdd;
}
