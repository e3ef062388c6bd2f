import { describe, expect, it } from 'vitest';
import { centroidOf } from './centroid.ts';
import { pointsWithin } from './inside.ts';

const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];

describe('a centroid', () => {
  it('is the centre of gravity of an area, without its holes, whatever the directions of rings', () => {
    const hole = square(2.5, 48.5, 0.5);
    const centre = [2 + (0.5 - 0.75 * 0.25) / 0.75, 48 + (0.5 - 0.75 * 0.25) / 0.75];
    for (const ring of [hole, [...hole].reverse()]) {
      const point = centroidOf({ type: 'MultiPolygon', coordinates: [[square(2, 48, 1), ring]] });
      expect(point).toEqual({ type: 'MultiPoint', coordinates: [centre.map((at) => Number(at.toFixed(8)))] });
    }
  });

  it('weighs the parts of an area', () => {
    const coordinates = [[square(0, 0, 1)], [square(3, 0, 2)]];
    const point = centroidOf({ type: 'MultiPolygon', coordinates });
    expect(point).toEqual({ type: 'MultiPoint', coordinates: [[3.3, 0.9]] });
  });

  it('is in the middle of lines, and what points are', () => {
    const lines = {
      type: 'MultiLineString' as const,
      coordinates: [
        [
          [0, 0],
          [2, 0],
        ],
        [
          [2, 0],
          [2, 2],
        ],
      ],
    };
    expect(centroidOf(lines)).toEqual({ type: 'MultiPoint', coordinates: [[1.5, 0.5]] });
    const points = {
      type: 'MultiPoint' as const,
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    };
    expect(centroidOf(points)).toBe(points);
    expect(centroidOf(null)).toBeNull();
  });

  it('of what has no extent is its first point', () => {
    const flat = {
      type: 'MultiLineString' as const,
      coordinates: [
        [
          [1, 2],
          [1, 2],
        ],
      ],
    };
    expect(centroidOf(flat)).toEqual({ type: 'MultiPoint', coordinates: [[1, 2]] });
  });
});

describe('points within', () => {
  it('lie inside each polygon, and in no hole', () => {
    const polygons = [[square(0, 0, 3), square(1, 1, 1)], [square(5, 5, 1)]];
    const points = pointsWithin({ type: 'MultiPolygon', coordinates: polygons })?.coordinates ?? [];
    expect(points.length).toBeGreaterThan(10);
    for (const [x = NaN, y = NaN] of points) {
      const isInFirst = x > 0 && x < 3 && y > 0 && y < 3 && !(x >= 1 && x <= 2 && y >= 1 && y <= 2);
      expect(isInFirst || (x > 5 && x < 6 && y > 5 && y < 6)).toBe(true);
    }
  });

  it('are none in what has no area', () => {
    expect(pointsWithin(null)).toBeNull();
    expect(pointsWithin({ type: 'MultiPoint', coordinates: [[1, 2]] })).toBeNull();
  });
});
