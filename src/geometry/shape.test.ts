import { describe, expect, it } from 'vitest';
import { boxCovers, boxesMeet, boxToDegrees, LATTICE, toDegrees, toLattice } from './lattice.ts';
import { shapeOf } from './shape.ts';
import { seededRandom } from '../testing/random.ts';

describe('the lattice', () => {
  it('gives back every number of eight decimals', () => {
    const random = seededRandom(20260806);
    for (let n = 0; n < 10_000; n++) {
      const steps = Math.round((random() - 0.5) * 360 * LATTICE);
      expect(toLattice(toDegrees(steps))).toBe(steps);
      expect(String(toDegrees(steps))).toMatch(/^-?\d+(\.\d{1,8})?$|e-/);
    }
  });

  it('has one zero', () => {
    expect(Object.is(toLattice(-1e-12), 0)).toBe(true);
  });

  it('tells boxes that meet and boxes that cover others', () => {
    expect(boxesMeet([0, 0, 4, 4], [4, 4, 9, 9])).toBe(true);
    expect(boxesMeet([0, 0, 4, 4], [5, 0, 9, 9])).toBe(false);
    expect(boxCovers([0, 0, 4, 4], [0, 1, 4, 3])).toBe(true);
    expect(boxCovers([0, 0, 4, 4], [0, 1, 5, 3])).toBe(false);
    expect(boxToDegrees([0, LATTICE, 2 * LATTICE, 3 * LATTICE])).toEqual([0, 1, 2, 3]);
  });
});

describe('shapeOf', () => {
  it('flattens collections and multi-geometries to points, lines and polygons', () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    const shape = shapeOf({
      type: 'GeometryCollection',
      geometries: [
        {
          type: 'MultiPoint',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
        { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [5, 6] }] },
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [7, 8],
          ],
        },
        { type: 'MultiPolygon', coordinates: [[ring], [ring, ring]] },
      ],
    });
    expect([...shape.points].map(toDegrees)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(shape.lines.map((line) => [...line].map(toDegrees))).toEqual([[0, 0, 7, 8]]);
    expect(shape.polygons.map((rings) => rings.length)).toEqual([1, 2]);
    expect(shape.box.map(toDegrees)).toEqual([0, 0, 7, 8]);
  });

  it('gives what is empty a box that meets nothing', () => {
    const empty = shapeOf({ type: 'GeometryCollection', geometries: [] });
    expect(boxesMeet(empty.box, [-180 * LATTICE, -90 * LATTICE, 180 * LATTICE, 90 * LATTICE])).toBe(false);
  });
});
