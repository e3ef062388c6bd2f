import { describe, expect, it } from 'vitest';
import { blob } from './blob.ts';
import { randomOf } from './random.ts';
import {
  areaOf,
  compactness,
  distanceBetween,
  distanceTo,
  pointInside,
  signedArea,
  type Ring,
} from './ring.ts';

/** Far from the origin, as in Lambert-93. */
const SQUARE: Ring = [
  [850_000, 6_660_000],
  [850_010, 6_660_000],
  [850_010, 6_660_010],
  [850_000, 6_660_010],
  [850_000, 6_660_000],
];

describe('rings', () => {
  it('measure their area without losing centimetres to the size of coordinates', () => {
    expect(signedArea(SQUARE)).toBe(100);
    expect(signedArea([...SQUARE].reverse())).toBe(-100);
  });

  it('take holes off', () => {
    const hole: Ring = [
      [850_002, 6_660_002],
      [850_004, 6_660_002],
      [850_004, 6_660_004],
      [850_002, 6_660_002],
    ];
    expect(areaOf([SQUARE, hole])).toBe(98);
  });

  it('know a square from a sliver', () => {
    expect(compactness(SQUARE)).toBeCloseTo(Math.PI / 4, 6);
  });

  it('measure the way to each other', () => {
    expect(distanceTo(SQUARE, [850_005, 6_660_013])).toBe(3);
    const east = SQUARE.map(([x, y]) => [x + 14, y] as const);
    expect(distanceBetween(SQUARE, east)).toBe(4);
  });
});

describe('pointInside', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'lies inside an outline of any shape, outside its hole (seed %i)',
    (seed) => {
      const random = randomOf(seed, 'inside');
      const shell = blob([850_000, 6_660_000], 80, random, { vertices: 30, roughness: 0.4 });
      const hole = blob([850_000, 6_660_000], 15, random, { vertices: 12 });
      const point = pointInside([shell, hole]);
      // In the shell and out of the hole: an odd number of edges to the east of it.
      const crossings = [shell, hole].flatMap((ring) =>
        ring.slice(1).filter(([bx, by], i) => {
          const [ax, ay] = ring[i] ?? [0, 0];
          const straddles = ay > point[1] !== by > point[1];
          return straddles && ax + ((point[1] - ay) * (bx - ax)) / (by - ay) > point[0];
        }),
      );
      expect(crossings.length % 2).toBe(1);
    },
  );
});
