/**
 * The area that two areas share, without cutting one by the other: an area is the sum of
 * what lies under its edges, each counted by its direction, and what lies under two edges
 * at once lies under the lower of them. So the shared area is a sum over pairs of edges,
 * of terms that no coincidence of vertices can break.
 *
 * Rings must not cross themselves. Between vertices an edge is straight in the projection.
 */
import type { Geometry, Position } from 'geojson';

/** An edge from west to east, and how its underside counts: 1, or -1 for what a ring leaves out. */
interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly sign: number;
}

/** Of GRS80: half of the great axis in metres, and the eccentricity. */
const HALF_AXIS = 6_378_137;
const ECCENTRICITY = 0.081_819_191_042_8;

/** Metres east and north in Lambert's cylindrical projection of the ellipsoid, which keeps areas. */
export function project([longitude = 0, latitude = 0]: Position): [number, number] {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const e = ECCENTRICITY;
  const log = Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e);
  const q = (1 - e * e) * (sine / (1 - e * e * sine * sine) - log);
  return [(HALF_AXIS * longitude * Math.PI) / 180, (HALF_AXIS * q) / 2];
}

function edgesOfRing(ring: readonly Position[], isHole: boolean, base: Position): Edge[] {
  const [baseX = 0, baseY = 0] = base;
  const points = ring.map(project).map(([x, y]): [number, number] => [x - baseX, y - baseY]);
  const edges: Edge[] = [];
  let under = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i] ?? [0, 0], points[i + 1] ?? [0, 0]];
    under += (bx - ax) * (ay + by);
    if (ax < bx) edges.push({ x0: ax, y0: ay, x1: bx, y1: by, sign: 1 });
    if (ax > bx) edges.push({ x0: bx, y0: by, x1: ax, y1: ay, sign: -1 });
  }
  // Whatever the direction of the ring, its inside counts once, and that of a hole once less.
  const turn = Math.sign(under) * (isHole ? -1 : 1);
  return edges.map((edge) => ({ ...edge, sign: edge.sign * turn }));
}

function polygonsOf(geometry: Geometry): Position[][][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates;
  return geometry.type === 'GeometryCollection' ? geometry.geometries.flatMap(polygonsOf) : [];
}

function edgesOf(geometry: Geometry, base: Position): Edge[] {
  return polygonsOf(geometry).flatMap((rings) => rings.flatMap((ring, i) => edgesOfRing(ring, i > 0, base)));
}

function heightAt({ x0, y0, x1, y1 }: Edge, x: number): number {
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** Under both edges, above the base. */
function underBoth(a: Edge, b: Edge): number {
  const [left, right] = [Math.max(a.x0, b.x0), Math.min(a.x1, b.x1)];
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

/** Square metres that `a` and `b` share; 0 for what has no area. Polygons of one must not overlap. */
export function sharedArea(a: Geometry, b: Geometry): number {
  const base = polygonsOf(a)[0]?.[0]?.[0];
  if (base === undefined) return 0;
  const [baseX, baseY] = project(base);
  const [edgesA, edgesB] = [edgesOf(a, [baseX, baseY]), edgesOf(b, [baseX, baseY])];
  let area = 0;
  for (const edge of edgesA) {
    for (const other of edgesB) area += edge.sign * other.sign * underBoth(edge, other);
  }
  return Math.max(0, area);
}
