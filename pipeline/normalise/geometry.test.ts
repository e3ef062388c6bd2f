import gdal, { type Geometry } from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { LATTICE } from '../../src/geometry/lattice.ts';
import type { Shape } from '../../src/geometry/shape.ts';
import { findBounds, type Bounds } from './bounds.ts';
import { findReprojection } from './crs.ts';
import { normaliseGeometry, type GeometryPlan } from './geometry.ts';
import { Reject } from './reject.ts';
import { doubleArea } from './rings.ts';
import { writePolygons } from './wkb.ts';

const MICRO = 1e-6;

function boundsOf(name: string): Bounds {
  const bounds = findBounds(name);
  if (bounds === null) throw new Error(`no bounds for ${name}`);
  return bounds;
}

const PLAN: GeometryPlan = {
  geometry: 'MultiPolygon',
  transformation: findReprojection(null, 'EPSG:4326', {}).transformation,
  bounds: boundsOf('FXX'),
};

interface Normalised {
  readonly shape: Shape;
  readonly notes: readonly string[];
}

/** WKT around 4°E 47°N, in millionths of a degree. */
function near(wkt: string): Geometry {
  return gdal.Geometry.fromWKT(
    wkt.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, x: string, y: string) => {
      return `${4 + Number(x) * MICRO} ${47 + Number(y) * MICRO}`;
    }),
  );
}

function normalise(geometry: Geometry | null, plan: Partial<GeometryPlan> = {}): Normalised {
  const notes: string[] = [];
  const shape = normaliseGeometry(geometry, { ...PLAN, ...plan }, (note) => notes.push(note));
  return { shape, notes };
}

/** In squares of a millionth of a degree. */
function areaOf({ polygons }: Shape): number {
  const rings = polygons.flat().map(doubleArea);
  return rings.reduce((sum, area) => sum + area, 0) / 2 / (MICRO * LATTICE) ** 2;
}

function onIntegers({ polygons }: Shape): Geometry {
  return gdal.Geometry.fromWKB(writePolygons(polygons));
}

function expectSound(shape: Shape): void {
  expect(onIntegers(shape).isValid()).toBe(true);
  for (const rings of shape.polygons) {
    rings.forEach((ring, i) => {
      expect(ring.every(Number.isInteger)).toBe(true);
      expect([ring[0], ring[1]]).toEqual([ring.at(-2), ring.at(-1)]);
      // RFC 7946: shells turn left, holes right.
      expect(doubleArea(ring) > 0).toBe(i === 0);
    });
  }
}

describe('a polygon', () => {
  it.each([
    ['sound', 'POLYGON((0 0,20 0,20 20,0 20,0 0))', 400, []],
    ['turned the other way', 'POLYGON((0 0,0 20,20 20,20 0,0 0))', 400, []],
    [
      'whose hole is turned as its shell',
      'POLYGON((0 0,20 0,20 20,0 20,0 0),(5 5,9 5,9 9,5 9,5 5))',
      384,
      [],
    ],
    ['that crosses itself', 'POLYGON((0 0,20 20,20 0,0 20,0 0))', 200, ['invalid geometry: made valid']],
    ['with a spike', 'POLYGON((0 0,20 0,20 20,20 90,20 20,0 20,0 0))', 400, ['invalid geometry: made valid']],
    [
      'with repeated vertices',
      'POLYGON((0 0,0 0,20 0,20 20,20 20,0 20,0 0))',
      400,
      ['repeated vertices: merged'],
    ],
    [
      'with a ring that rounding reduces to nothing',
      'POLYGON((0 0,20 0,20 20,0 20,0 0),(5 5,5.001 5,5 5.001,5 5))',
      400,
      ['a ring collapsed on the lattice: dropped'],
    ],
    ['whose hole touches its shell', 'POLYGON((0 0,20 0,20 20,0 20,0 0),(0 10,5 5,5 15,0 10))', 375, []],
    [
      'whose hole shares an edge with its shell',
      'POLYGON((0 0,20 0,20 20,0 20,0 0),(0 5,5 5,5 15,0 15,0 5))',
      350,
      ['invalid geometry: made valid'],
    ],
    [
      'with a hole inside a hole, which stays a hole',
      'POLYGON((0 0,30 0,30 30,0 30,0 0),(5 5,25 5,25 25,5 25,5 5),(10 10,20 10,20 20,10 20,10 10))',
      900 - 400,
      ['invalid geometry: made valid'],
    ],
    [
      'with holes that overlap',
      'POLYGON((0 0,30 0,30 30,0 30,0 0),(5 5,15 5,15 15,5 15,5 5),(10 10,20 10,20 20,10 20,10 10))',
      900 - 175,
      ['invalid geometry: made valid'],
    ],
    [
      'with holes that share an edge',
      'POLYGON((0 0,30 0,30 30,0 30,0 0),(5 5,15 5,15 15,5 15,5 5),(15 5,20 5,20 15,15 15,15 5))',
      900 - 150,
      ['invalid geometry: made valid'],
    ],
    [
      'with a hole outside of its shell, which is ground',
      'POLYGON((0 0,20 0,20 20,0 20,0 0),(30 0,40 0,40 10,30 10,30 0))',
      500,
      ['invalid geometry: made valid'],
    ],
    [
      'whose hole is a spike',
      'POLYGON((0 0,20 0,20 20,0 20,0 0),(5 5,9 5,12 5,5 5))',
      400,
      ['invalid geometry: made valid'],
    ],
    ['of two parts apart', 'MULTIPOLYGON(((0 0,20 0,20 20,0 0)),((30 0,50 0,50 20,30 0)))', 400, []],
    [
      'of two parts that overlap: what they share stays',
      'MULTIPOLYGON(((0 0,20 0,20 20,0 20,0 0)),((10 10,30 10,30 30,10 30,10 10)))',
      700,
      ['invalid geometry: made valid'],
    ],
    [
      'of the same part twice',
      'MULTIPOLYGON(((0 0,20 0,20 20,0 20,0 0)),((0 0,20 0,20 20,0 20,0 0)))',
      400,
      ['invalid geometry: made valid'],
    ],
    [
      'of two parts that share an edge',
      'MULTIPOLYGON(((0 0,20 0,20 20,0 20,0 0)),((20 0,40 0,40 20,20 20,20 0)))',
      800,
      ['invalid geometry: made valid'],
    ],
    ['in a collection of polygons', 'GEOMETRYCOLLECTION(POLYGON((0 0,20 0,20 20,0 20,0 0)))', 400, []],
    ['of which one part is empty', 'MULTIPOLYGON(((0 0,20 0,20 20,0 20,0 0)),EMPTY)', 400, []],
  ])('%s keeps its area, valid and turned as GeoJSON asks', (_, wkt, area, expected) => {
    const { shape, notes } = normalise(near(wkt));
    expectSound(shape);
    expect(areaOf(shape)).toBeCloseTo(area, 1);
    expect(notes).toEqual(expected);
  });

  it('loses its third dimension, and that is told', () => {
    const { shape, notes } = normalise(gdal.Geometry.fromWKT('POLYGON Z((4 47 9,5 47 9,5 48 9,4 47 9))'));
    expectSound(shape);
    expect(notes).toEqual(['a third dimension: dropped']);
  });

  it('made valid off the lattice is rounded and judged again', () => {
    // Two long slivers that cross at a point whose coordinates are no whole numbers.
    const { shape } = normalise(near('POLYGON((0 0,90.3 1.7,90.31 1.69,0 0.5,44 2.3,0 0))'));
    expectSound(shape);
  });

  it('lies within a lattice step of where it was', () => {
    const shape = normalise(near('POLYGON((0 0,20.123456 0,20 20,0 0))')).shape;
    expect(shape.box.map((corner) => corner / LATTICE)).toEqual([
      4,
      47,
      expect.closeTo(4 + 20.123456 * MICRO, 8),
      expect.closeTo(47 + 20 * MICRO, 8),
    ]);
  });
});

describe('what is no polygon is rejected with its reason', () => {
  it.each<[string, string, string]>([
    ['nothing inside', 'POLYGON((0 0,20 0,40 0,0 0))', 'encloses nothing on the lattice'],
    ['two corners', 'POLYGON((0 0,20 0,0 0))', 'encloses nothing on the lattice'],
    ['less than the lattice', 'POLYGON((0 0,0.001 0,0 0.001,0 0))', 'encloses nothing on the lattice'],
    ['a point', 'POINT(0 0)', 'holds a MultiPoint where MultiPolygon is expected'],
    ['a line', 'LINESTRING(0 0,1 1)', 'holds a MultiLineString where MultiPolygon is expected'],
    [
      'a polygon and a line',
      'GEOMETRYCOLLECTION(POLYGON((0 0,20 0,20 20,0 0)),LINESTRING(0 0,9 9))',
      'holds a MultiLineString where MultiPolygon is expected',
    ],
    ['an empty polygon', 'POLYGON EMPTY', 'has no geometry'],
    ['an empty collection', 'GEOMETRYCOLLECTION EMPTY', 'has no geometry'],
  ])('%s', (_, wkt, reason) => {
    expect(() => normalise(near(wkt))).toThrow(new Reject(reason));
  });

  it('no geometry at all', () => {
    expect(() => normalise(null)).toThrow(new Reject('has no geometry'));
  });

  it.each([NaN, Infinity])('a coordinate that is %f', (value) => {
    const polygon = new gdal.Polygon();
    const ring = new gdal.LinearRing();
    for (const [x, y] of [
      [4, 47],
      [5, value],
      [5, 48],
      [4, 47],
    ] as const)
      ring.points.add(x, y);
    polygon.rings.add(ring);
    expect(() => normalise(polygon)).toThrow(Reject);
  });

  it('coordinates of another system', () => {
    const lambert93 = gdal.Geometry.fromWKT(
      'POLYGON((850000 6700000,850010 6700000,850010 6700010,850000 6700000))',
    );
    expect(() => normalise(lambert93)).toThrow(/outside metropolitan France/);
  });
});

describe('lines and points', () => {
  it('a line stays one part or several', () => {
    const { shape } = normalise(near('MULTILINESTRING((0 0,10 10),(20 20,30 30,40 20))'), {
      geometry: 'MultiLineString',
    });
    expect(shape.lines.map((line) => line.length / 2)).toEqual([2, 3]);
  });

  it('a line of which rounding leaves a point is dropped and told; alone, it is rejected', () => {
    const plan = { geometry: 'MultiLineString' } as const;
    const { shape, notes } = normalise(near('MULTILINESTRING((0 0,10 10),(5 5,5.001 5.001))'), plan);
    expect(shape.lines).toHaveLength(1);
    expect(notes).toEqual(['a line collapsed on the lattice: dropped']);
    expect(() => normalise(near('LINESTRING(5 5,5.001 5.001)'), plan)).toThrow(
      new Reject('has no geometry left on the lattice'),
    );
  });

  it('a point and several points are points', () => {
    const plan = { geometry: 'MultiPoint' } as const;
    expect(normalise(near('POINT(0 0)'), plan).shape.points).toHaveLength(2);
    expect(normalise(near('MULTIPOINT((0 0),(1 1))'), plan).shape.points).toHaveLength(4);
    expect(() => normalise(near('LINESTRING(0 0,1 1)'), plan)).toThrow(Reject);
  });
});
