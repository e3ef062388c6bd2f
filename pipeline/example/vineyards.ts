/**
 * Where the vines of a commune grow, and the ways in which a delimitation goes wrong.
 * Vineyards are îlots of the plan, so their limits are those of parcelles.
 */
import { giant } from './blob.ts';
import type { Land } from './land.ts';
import { randomOf } from './random.ts';
import { centreOf, distanceBetween, onGrid, type Point, type Ring, type Surface } from './ring.ts';
import { multi, polygon, type Shape } from './shape.ts';

/** A megabyte holds 65,536 vertices; this is 74,900. */
const GIANT = { shell: 46_000, holes: 220, hole: 130 };

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

/** Those of `rings` that stay clear of each other: together they are a valid multipolygon. */
function apart(rings: readonly Ring[]): Ring[] {
  const kept: Ring[] = [];
  for (const ring of rings) if (kept.every((other) => distanceBetween(other, ring) > 1)) kept.push(ring);
  return kept;
}

/** Up to `count` îlots whose middle lies between two distances (metres) from the village. */
export function vineyards(land: Land, [near, far]: Point, count: number): Shape {
  const ilots = land.feuilles
    .flatMap((feuille) => feuille.ilots)
    .filter((ilot) => {
      const d = distance(centreOf(ilot), land.village);
      return d >= near && d < far;
    });
  return multi(
    apart(ilots.slice(0, 3 * count))
      .slice(0, count)
      .map((ring) => [ring]),
  );
}

/** A regional delimitation: heavy, full of holes, all over the commune. */
export function giantVineyard(land: Land, seed: number): Surface {
  const centre = centreOf(land.contour);
  return giant(centre, 760, randomOf(seed, 'giant vineyard'), GIANT);
}

/** A bow-tie of `size` metres at `centre`: two triangles that meet in their middle. */
export function bowTie([x, y]: Point, size: number): Shape {
  const corner = (dx: number, dy: number): Point => onGrid(x + dx * size, y + dy * size);
  const first = corner(-1, -0.6);
  return polygon([first, corner(1, 0.5), corner(1, -0.4), corner(-1, 0.6), first]);
}

/** A field whose only hole is two centimetres wide, and touches the shell in its first vertex. */
export function fieldWithThinHole([x, y]: Point, size: number): Shape {
  const corner = (dx: number, dy: number): Point => onGrid(x + dx * size, y + dy * size);
  const first = corner(-1, -1);
  const [hx, hy] = corner(0.6, 0.5);
  return polygon(
    [first, corner(1, -0.9), corner(0.9, 1), corner(-1, 0.8), first],
    [first, onGrid(hx - 0.01, hy + 0.01), onGrid(hx + 0.01, hy - 0.01), first],
  );
}
