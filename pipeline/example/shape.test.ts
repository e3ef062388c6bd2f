import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { polygon, toWkb, type Shape } from './shape.ts';

const SHELL = [
  [0, 0],
  [9.5, 0],
  [9, 9],
  [0, 0],
] as const;
const HOLE = [
  [5, 1],
  [6, 2],
  [6, 1],
  [5, 1],
] as const;

const CASES: readonly [Shape, string][] = [
  [{ type: 'Point', coordinates: [1.25, -2] }, 'POINT (1.25 -2)'],
  [
    {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
    'MULTIPOINT (1 2,3 4)',
  ],
  [
    {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
    'LINESTRING (1 2,3 4)',
  ],
  [
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    },
    'MULTILINESTRING ((1 2,3 4))',
  ],
  [polygon(SHELL, HOLE), 'POLYGON ((0 0,9.5 0,9 9,0 0),(5 1,6 2,6 1,5 1))'],
  [
    { type: 'MultiPolygon', coordinates: [[SHELL], [HOLE]] },
    'MULTIPOLYGON (((0 0,9.5 0,9 9,0 0)),((5 1,6 2,6 1,5 1)))',
  ],
  [polygon(), 'POLYGON EMPTY'],
];

describe('toWkb', () => {
  it.each(CASES)('writes %j as GDAL reads it', (shape, wkt) => {
    expect(gdal.Geometry.fromWKB(toWkb(shape)).toWKT()).toBe(gdal.Geometry.fromWKT(wkt).toWKT());
  });

  it('gives every vertex the altitude', () => {
    const geometry = gdal.Geometry.fromWKB(
      toWkb(
        {
          type: 'LineString',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
        7.5,
      ),
    );
    expect(geometry.toWKT()).toBe('LINESTRING (1 2 7.5,3 4 7.5)');
  });

  it('writes more vertices than its first buffer holds', () => {
    const line = Array.from({ length: 5000 }, (_, i) => [i, i % 7] as const);
    const bytes = toWkb({ type: 'LineString', coordinates: line });
    expect(bytes).toHaveLength(9 + 16 * 5000);
  });
});
