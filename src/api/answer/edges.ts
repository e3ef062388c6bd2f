/**
 * The edges of areas, in metres, in a projection that keeps areas. Between vertices an
 * edge is straight in the projection.
 */
import type { Geometry, Position } from 'geojson';

/** An edge from west to east, and how its underside counts: 1, or -1 for what a ring leaves out. */
export interface Edge {
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

/** A place near which coordinates lose no digits; anywhere, for what has no area. */
export function originOf(geometry: Geometry): Position {
  return project(polygonsOf(geometry)[0]?.[0]?.[0] ?? [0, 0]);
}

/** The edges of all areas in `geometry`, relative to `base`. */
export function edgesOf(geometry: Geometry, base: Position): Edge[] {
  return polygonsOf(geometry).flatMap((rings) => rings.flatMap((ring, i) => edgesOfRing(ring, i > 0, base)));
}
