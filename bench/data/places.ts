/** Where questions are asked: points in and on parcels, and the shapes around them. All on the lattice, in degrees. */
import type { Polygon, Position } from 'geojson';
import { LATTICE, toDegrees } from '../../src/geometry/lattice.ts';
import { prepare } from '../../src/geometry/prepare.ts';
import { shapeOf, type Shape } from '../../src/geometry/shape.ts';
import { between } from './noise.ts';

/** Longitude and latitude. */
export type Place = readonly [number, number];

/** Lattice steps of a metre, eastward and northward, at the latitudes of the synthetic country. */
const METRES: Place = [LATTICE / 78_000, LATTICE / 111_200];

function placeOf(x: number, y: number): Place {
  return [toDegrees(Math.round(x)), toDegrees(Math.round(y))];
}

/** A point of `shape`, uniform over its area. */
export function insideOf(shape: Shape, random: () => number): Place {
  const [minX, minY, maxX, maxY] = shape.box;
  for (let tries = 0; tries < 1000; tries++) {
    const place = placeOf(between(random, minX, maxX), between(random, minY, maxY));
    const point = shapeOf({ type: 'Point', coordinates: [...place] });
    if (prepare(point).intersects(shape)) return place;
  }
  return vertexOf(shape, random);
}

/** A vertex of `shape`, which its neighbours have too. */
export function vertexOf(shape: Shape, random: () => number): Place {
  const ring = shape.polygons[0]?.[0] ?? new Float64Array(2);
  const i = 2 * Math.floor((random() * ring.length) / 2);
  return placeOf(ring[i] ?? 0, ring[i + 1] ?? 0);
}

function around([lon, lat]: Place, east: number, north: number): Position {
  return [...placeOf(lon * LATTICE + east * METRES[0], lat * LATTICE + north * METRES[1])];
}

/** A small polygon of six corners, about `metres` from its centre. */
export function polygonAround(centre: Place, metres: number, random: () => number): Polygon {
  const corners = Array.from({ length: 6 }, (_, i) => {
    const [angle, far] = [(Math.PI * i) / 3, metres * between(random, 0.6, 1.2)];
    return around(centre, far * Math.cos(angle), far * Math.sin(angle));
  });
  return { type: 'Polygon', coordinates: [[...corners, corners[0] ?? []]] };
}

/** A box that reaches `metres` from its centre to each side. */
export function boxAround(centre: Place, metres: number): Polygon {
  const sides = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ] as const;
  return { type: 'Polygon', coordinates: [sides.map(([u, v]) => around(centre, u * metres, v * metres))] };
}
