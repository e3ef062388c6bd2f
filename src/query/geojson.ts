/** Shapes as GeoJSON in degrees, of the type that their layer says. */
import type { Geometry, Position } from 'geojson';
import type { LayerGeometry } from '../format/catalogue.ts';
import { toDegrees } from '../geometry/lattice.ts';
import type { Coordinates, Shape } from '../geometry/shape.ts';

function positions(xy: Coordinates): Position[] {
  return Array.from({ length: xy.length / 2 }, (_, i) => [
    toDegrees(xy[2 * i] ?? NaN),
    toDegrees(xy[2 * i + 1] ?? NaN),
  ]);
}

/** `shape` as a geometry of `type`; `null` where there are no places. */
export function geometryOf({ points, lines, polygons }: Shape, type: LayerGeometry): Geometry | null {
  switch (type) {
    case 'MultiPoint':
      return { type, coordinates: positions(points) };
    case 'MultiLineString':
      return { type, coordinates: lines.map(positions) };
    case 'MultiPolygon':
      return { type, coordinates: polygons.map((rings) => rings.map(positions)) };
    case null:
      return null;
  }
}
