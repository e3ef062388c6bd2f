/** Points inside an area: what a commune is asked for by when its neighbours are not meant. */
import type { Geometry, MultiPoint, Position } from 'geojson';

/** Lines across an area, from south to north. */
const LINES = 9;

/** Where the line at `y` crosses the rings, from west to east. */
function crossings(rings: readonly (readonly Position[])[], y: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x0 = 0, y0 = 0] = ring[i] ?? [];
      const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
      if (y0 > y !== y1 > y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  return found.sort((a, b) => a - b);
}

function pointsInside(rings: readonly (readonly Position[])[]): Position[] {
  const latitudes = rings.flat().map(([, y = 0]) => y);
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const points: Position[] = [];
  for (let line = 1; line <= LINES; line++) {
    const y = south + ((north - south) * line) / (LINES + 1);
    const xs = crossings(rings, y);
    for (let i = 0; i + 1 < xs.length; i += 2) points.push([((xs[i] ?? 0) + (xs[i + 1] ?? 0)) / 2, y]);
  }
  return points;
}

/** Points in the interior of each polygon; `null` for what has none. */
export function pointsWithin(geometry: Geometry | null): MultiPoint | null {
  if (geometry?.type !== 'MultiPolygon') return null;
  const coordinates = geometry.coordinates.flatMap(pointsInside);
  return coordinates.length === 0 ? null : { type: 'MultiPoint', coordinates };
}
