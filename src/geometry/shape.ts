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

/** Shared: most shapes have no points, and an empty typed array is not a small object. */
const NONE: Coordinates = new Float64Array(0);
const NO_LINES: readonly Coordinates[] = [];
const NO_POLYGONS: readonly Rings[] = [];

function flatten(positions: readonly Position[]): Coordinates {
  if (positions.length === 0) return NONE;
  const flat = new Float64Array(positions.length * 2);
  positions.forEach((position, i) => {
    flat[2 * i] = toLattice(position[0] ?? NaN);
    flat[2 * i + 1] = toLattice(position[1] ?? NaN);
  });
  return flat;
}

interface Parts {
  points: Position[];
  lines: Coordinates[];
  polygons: Rings[];
}

function collect(geometry: Geometry, parts: Parts): void {
  switch (geometry.type) {
    case 'Point':
      parts.points.push(geometry.coordinates);
      break;
    case 'MultiPoint':
      for (const position of geometry.coordinates) parts.points.push(position);
      break;
    case 'LineString':
      parts.lines.push(flatten(geometry.coordinates));
      break;
    case 'MultiLineString':
      for (const line of geometry.coordinates) parts.lines.push(flatten(line));
      break;
    case 'Polygon':
      parts.polygons.push(geometry.coordinates.map(flatten));
      break;
    case 'MultiPolygon':
      for (const polygon of geometry.coordinates) parts.polygons.push(polygon.map(flatten));
      break;
    case 'GeometryCollection':
      for (const member of geometry.geometries) collect(member, parts);
      break;
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
  const parts: Parts = { points: [], lines: [], polygons: [] };
  collect(geometry, parts);
  const shape = {
    points: flatten(parts.points),
    lines: parts.lines.length > 0 ? parts.lines : NO_LINES,
    polygons: parts.polygons.length > 0 ? parts.polygons : NO_POLYGONS,
  };
  return { ...shape, box: boxOf(shape) };
}
