/**
 * A shape: any GeoJSON geometry flattened to its points, lines and polygons on the
 * lattice. Two geometries intersect when any of their parts do, so multi-geometries
 * and collections, however nested, need no case of their own.
 */
import type { Geometry, Position } from 'geojson';
import { toLattice, type Box } from './lattice.ts';

/** x0, y0, x1, y1, … in lattice steps. A ring repeats its first point at its end. */
export type Coordinates = Float64Array;

/** A polygon: its shell, then its holes. */
export type Rings = readonly Coordinates[];

export interface Shape {
  /** All points, in one array of x, y pairs. */
  readonly points: Coordinates;
  readonly lines: readonly Coordinates[];
  readonly polygons: readonly Rings[];
  /** In lattice steps. */
  readonly box: Box;
}

function flatten(positions: readonly Position[]): Coordinates {
  const flat = new Float64Array(positions.length * 2);
  positions.forEach(([x = NaN, y = NaN], i) => {
    flat[2 * i] = toLattice(x);
    flat[2 * i + 1] = toLattice(y);
  });
  return flat;
}

/** The coordinates of each geometry of a kind, by kind. */
interface Kinds {
  readonly Point: Position;
  readonly LineString: readonly Position[];
  readonly Polygon: readonly (readonly Position[])[];
}

/** All of one kind in `geometry`, those of its multi-geometries and collections too. */
function* all<K extends keyof Kinds>(geometry: Geometry, kind: K): Generator<Kinds[K]> {
  if (geometry.type === 'GeometryCollection') {
    for (const member of geometry.geometries) yield* all(member, kind);
  } else {
    const { type, coordinates }: { type: string; coordinates: unknown } = geometry;
    if (type === kind) yield coordinates as Kinds[K];
    if (type === `Multi${kind}`) yield* coordinates as Kinds[K][];
  }
}

/** The box of all vertices of `paths`; inverted (min > max) when there is none. */
export function boxOfPaths(paths: readonly Coordinates[]): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const xy of paths) {
    for (let i = 0; i < xy.length; i += 2) {
      const x = xy[i] ?? NaN;
      const y = xy[i + 1] ?? NaN;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
  }
  return [minX, minY, maxX, maxY];
}

/** The box of all coordinates; inverted (min > max) when there is none. */
export function boxOf({ points, lines, polygons }: Pick<Shape, 'points' | 'lines' | 'polygons'>): Box {
  return boxOfPaths([points, ...lines, ...polygons.flat()]);
}

/** The shape of a valid GeoJSON geometry in degrees, put on the lattice. */
export function shapeOf(geometry: Geometry): Shape {
  const shape = {
    points: flatten([...all(geometry, 'Point')]),
    lines: Array.from(all(geometry, 'LineString'), flatten),
    polygons: Array.from(all(geometry, 'Polygon'), (rings) => rings.map(flatten)),
  };
  return { ...shape, box: boxOf(shape) };
}
