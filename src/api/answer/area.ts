/**
 * The area that two areas share, without cutting one by the other: an area is the sum of
 * what lies under its edges, each counted by its direction, and what lies under two edges
 * at once lies under the lower of them. So the shared area is a sum over pairs of edges,
 * of terms that no coincidence of vertices can break.
 * Rings must not cross themselves.
 */
import type { Geometry } from 'geojson';
import { edgesOf, originOf, type Edge } from './edges.ts';

function heightAt({ x0, y0, x1, y1 }: Edge, x: number): number {
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** A strip from `left` to `right`, and the edges that reach into it. */
interface Slab {
  readonly left: number;
  readonly right: number;
  readonly edges: readonly [Edge[], Edge[]];
}

/** Under both edges, above the base, within the slab. */
function underBoth(a: Edge, b: Edge, slab: Slab): number {
  const left = Math.max(a.x0, b.x0, slab.left);
  const right = Math.min(a.x1, b.x1, slab.right);
  if (left >= right) return 0;
  const [al, ar, bl, br] = [heightAt(a, left), heightAt(a, right), heightAt(b, left), heightAt(b, right)];
  const [dl, dr] = [al - bl, ar - br];
  const width = right - left;
  if (dl * dr >= 0) return (width * (dl + dr < 0 ? al + ar : bl + br)) / 2;
  // They cross: the lower one is another on each side.
  const before = (width * dl) / (dl - dr);
  const crossing = al + ((ar - al) * before) / width;
  return (before * (Math.min(al, bl) + crossing) + (width - before) * (crossing + Math.min(ar, br))) / 2;
}

function reach(edges: readonly Edge[]): [west: number, east: number] {
  return edges.reduce(
    ([west, east], { x0, x1 }) => [Math.min(west, x0), Math.max(east, x1)],
    [Infinity, -Infinity],
  );
}

/** What both reach, in strips, so that edges meet only those that may be above or below them. */
function slabsOf(a: readonly Edge[], b: readonly Edge[]): Slab[] {
  const [[westA, eastA], [westB, eastB]] = [reach(a), reach(b)];
  const [west, east] = [Math.max(westA, westB), Math.min(eastA, eastB)];
  if (west >= east) return [];
  const count = Math.ceil(Math.min(a.length, b.length, 4000) / 4);
  const width = (east - west) / count;
  const slabs = Array.from({ length: count }, (_, i): Slab => {
    return {
      left: west + i * width,
      right: i + 1 === count ? east : west + (i + 1) * width,
      edges: [[], []],
    };
  });
  [a, b].forEach((edges, side) => {
    for (const edge of edges) {
      const first = Math.max(0, Math.floor((edge.x0 - west) / width) - 1);
      for (let i = first; i < count && (slabs[i]?.left ?? NaN) <= edge.x1; i++)
        slabs[i]?.edges[side]?.push(edge);
    }
  });
  return slabs;
}

/** Square metres that `a` and `b` share; 0 for what has no area. Polygons of one must not overlap. */
export function sharedArea(a: Geometry, b: Geometry): number {
  const origin = originOf(a);
  let area = 0;
  for (const slab of slabsOf(edgesOf(a, origin), edgesOf(b, origin))) {
    const [own, others] = slab.edges;
    for (const edge of own) {
      for (const other of others) area += edge.sign * other.sign * underBoth(edge, other, slab);
    }
  }
  return Math.max(0, area);
}
