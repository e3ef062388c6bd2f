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

/** What edges bound or are: points, lines, or the rings of one polygon. */
export type Dimension = 0 | 1 | 2;

/** The dimension of a type of geometry that is no collection, and whether it is of several. */
export function kindOf(type: string): readonly [dimension: Dimension, isMulti: boolean] {
  const kind = type.replace('Multi', '');
  return [kind === 'Point' ? 0 : kind === 'Polygon' ? 2 : 1, kind !== type];
}

/** The box of the vertices from `start` to before `end`; inverted (min > max) when there is none. */
export function boxOfVertices(xy: ArrayLike<number>, start = 0, end = xy.length): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = start; i < end; i += 2) {
    const x = xy[i] ?? NaN;
    const y = xy[i + 1] ?? NaN;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return [minX, minY, maxX, maxY];
}

/** The box of all vertices of `paths`. */
export function boxOfPaths(paths: readonly ArrayLike<number>[]): Box {
  // Two corners a box, so boxes make a path.
  return boxOfVertices(paths.flatMap((path) => (path.length > 0 ? boxOfVertices(path) : [])));
}

/** The box of all coordinates; inverted (min > max) when there is none. */
export function boxOf({ points, lines, polygons }: Pick<Shape, 'points' | 'lines' | 'polygons'>): Box {
  return boxOfPaths([points, ...lines, ...polygons.flat()]);
}

/** The shape of a valid GeoJSON geometry in degrees, put on the lattice. */
export function shapeOf(geometry: Geometry): Shape {
  const points: Position[] = [];
  const lines: Coordinates[] = [];
  const polygons: Rings[] = [];
  const add = (one: Geometry): void => {
    if (one.type === 'GeometryCollection') {
      one.geometries.forEach(add);
      return;
    }
    const [dimension, isMulti] = kindOf(one.type);
    for (const each of (isMulti ? one.coordinates : [one.coordinates]) as unknown[]) {
      if (dimension === 0) points.push(each as Position);
      else if (dimension === 1) lines.push(flatten(each as Position[]));
      else polygons.push((each as Position[][]).map(flatten));
    }
  };
  add(geometry);
  const shape = { points: flatten(points), lines, polygons };
  return { ...shape, box: boxOf(shape) };
}
