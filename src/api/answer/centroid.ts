/** The centre of gravity of a geometry, as a MultiPoint, which is what points of parcels are. */
import type { Geometry, MultiPoint, Position } from 'geojson';

/** Sums over parts: of their weights, and of their centres times these. */
interface Sums {
  weight: number;
  x: number;
  y: number;
}

/** Relative to `origin`, so that small areas far from 0,0 lose no digits. */
function addRing(sums: Sums, ring: readonly Position[], isHole: boolean, [ox = 0, oy = 0]: Position): void {
  const own: Sums = { weight: 0, x: 0, y: 0 };
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    const [ax, ay, bx, by] = [x0 - ox, y0 - oy, x1 - ox, y1 - oy];
    const twice = ax * by - bx * ay;
    own.weight += twice;
    own.x += ((ax + bx) / 3) * twice;
    own.y += ((ay + by) / 3) * twice;
  }
  const sign = Math.sign(own.weight) * (isHole ? -1 : 1);
  sums.weight += own.weight * sign;
  sums.x += own.x * sign;
  sums.y += own.y * sign;
}

function addLine(sums: Sums, line: readonly Position[], [ox = 0, oy = 0]: Position): void {
  for (let i = 0; i + 1 < line.length; i++) {
    const [x0 = 0, y0 = 0] = line[i] ?? [];
    const [x1 = 0, y1 = 0] = line[i + 1] ?? [];
    const length = Math.hypot(x1 - x0, y1 - y0);
    sums.weight += length;
    sums.x += ((x0 + x1) / 2 - ox) * length;
    sums.y += ((y0 + y1) / 2 - oy) * length;
  }
}

/** The centre of what `add` sums up relative to `origin`; `origin` itself when that weighs nothing. */
function centre(origin: Position, add: (sums: Sums) => void): Position {
  const sums: Sums = { weight: 0, x: 0, y: 0 };
  add(sums);
  const [ox = 0, oy = 0] = origin;
  return sums.weight === 0 ? origin : [ox + sums.x / sums.weight, oy + sums.y / sums.weight];
}

function centreOf(geometry: Geometry): Position | null {
  if (geometry.type === 'MultiPolygon') {
    const origin = geometry.coordinates[0]?.[0]?.[0] ?? [0, 0];
    return centre(origin, (sums) => {
      for (const rings of geometry.coordinates)
        rings.forEach((ring, i) => {
          addRing(sums, ring, i > 0, origin);
        });
    });
  }
  if (geometry.type !== 'MultiLineString') return null;
  const origin = geometry.coordinates[0]?.[0] ?? [0, 0];
  return centre(origin, (sums) => {
    for (const line of geometry.coordinates) addLine(sums, line, origin);
  });
}

function round(degrees: number): number {
  return Math.round(degrees * 1e8) / 1e8;
}

/** Of areas and lines, which the layers hold; points are answered as they are. */
export function centroidOf(geometry: Geometry | null): Geometry | null {
  const position = geometry === null ? null : centreOf(geometry);
  const point: MultiPoint | null = position && { type: 'MultiPoint', coordinates: [position.map(round)] };
  return point ?? geometry;
}
