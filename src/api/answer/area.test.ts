/** The shared area is held against jsts, which cuts one polygon by the other. */
import type { Position } from 'geojson';
import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import WKTReader from 'jsts/org/locationtech/jts/io/WKTReader.js';
import OverlayOp from 'jsts/org/locationtech/jts/operation/overlay/OverlayOp.js';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../testing/random.ts';
import { sharedArea } from './area.ts';
import { project } from './edges.ts';

const random = seededRandom(4);

/** A ring around `centre` that does not cross itself. */
function star([x = 0, y = 0]: Position, radius: number, count: number): Position[] {
  const ring = Array.from({ length: count }, (_, i): Position => {
    const [angle, reach] = [(2 * Math.PI * i) / count, radius * (0.3 + 0.7 * random())];
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  });
  return [...ring, ring[0] ?? []];
}

function polygonWithHole(centre: Position): Position[][] {
  const shell = star(centre, 0.1, 12);
  const hole = shell.map(([x = 0, y = 0]) => [
    (centre[0] ?? 0) + (x - (centre[0] ?? 0)) * 0.3,
    (centre[1] ?? 0) + (y - (centre[1] ?? 0)) * 0.3,
  ]);
  const rings = [shell, hole];
  return random() < 0.5 ? rings : rings.map((ring) => [...ring].reverse());
}

interface Overlaid {
  getArea(): number;
}

function wkt(rings: readonly Position[][]): unknown {
  const text = rings.map((ring) => `(${ring.map((at) => project(at).join(' ')).join(',')})`).join(',');
  const reader = new WKTReader(new GeometryFactory()) as { read(text: string): unknown };
  return reader.read(`POLYGON(${text})`);
}

function overlaid(a: readonly Position[][], b: readonly Position[][]): number {
  const overlay = OverlayOp as unknown as { intersection(a: unknown, b: unknown): Overlaid };
  return overlay.intersection(wkt(a), wkt(b)).getArea();
}

describe('the area that two polygons share', () => {
  it('is what is left when one is cut by the other', () => {
    for (let i = 0; i < 200; i++) {
      const a = polygonWithHole([4.9 + random() * 0.2, 47.2 + random() * 0.2]);
      const b = polygonWithHole([5, 47.3]);
      const shared = sharedArea(
        { type: 'Polygon', coordinates: a },
        { type: 'MultiPolygon', coordinates: [b] },
      );
      expect(Math.abs(shared - overlaid(a, b))).toBeLessThan(1);
    }
  });

  it('is that of a polygon with itself, in square metres of the ellipsoid', () => {
    const square = [
      [2, 48],
      [2.01, 48],
      [2.01, 48.01],
      [2, 48.01],
      [2, 48],
    ];
    const polygon = { type: 'Polygon' as const, coordinates: [square] };
    // 746.18 m by 1,111.90 m in its middle: of the prime vertical and the meridian of GRS80.
    expect(sharedArea(polygon, polygon)).toBeGreaterThan(829_600);
    expect(sharedArea(polygon, polygon)).toBeLessThan(829_750);
  });

  it('is found between areas of many vertices', () => {
    const ring = Array.from({ length: 20_001 }, (_, i): Position => {
      const angle = (2 * Math.PI * (i % 20_000)) / 20_000;
      const reach = 0.5 + 0.05 * Math.sin(40 * angle);
      return [5 + reach * Math.cos(angle), 47.3 + reach * Math.sin(angle)];
    });
    const [a, b] = [
      { type: 'Polygon' as const, coordinates: [ring] },
      { type: 'Polygon' as const, coordinates: [[...ring].reverse()] },
    ];
    const twice = ring.map(project).reduce((sum, [x, y], i, points) => {
      const [nextX, nextY] = points[i + 1] ?? [x, y];
      return sum + (x - 556_000) * (nextY - y) - (nextX - x) * (y - 5_200_000);
    }, 0);
    expect(Math.abs(sharedArea(a, b) / (Math.abs(twice) / 2) - 1)).toBeLessThan(1e-9);
  });

  it('is nothing for lines, points and neighbours', () => {
    const square = (west: number) => [
      [west, 48],
      [west + 1, 48],
      [west + 1, 49],
      [west, 49],
      [west, 48],
    ];
    const polygon = { type: 'Polygon' as const, coordinates: [square(2)] };
    expect(sharedArea({ type: 'Point', coordinates: [2.5, 48.5] }, polygon)).toBe(0);
    expect(sharedArea({ type: 'LineString', coordinates: square(2) }, polygon)).toBe(0);
    expect(sharedArea(polygon, { type: 'Polygon', coordinates: [square(3)] })).toBeLessThan(1e-3);
  });
});
