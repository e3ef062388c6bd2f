import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { toLattice } from '../../src/geometry/lattice.ts';
import { readWkb, writePolygons } from './wkb.ts';

function wkbOf(wkt: string, order = 'LSB', variant = 'ISO'): Buffer {
  return gdal.Geometry.fromWKT(wkt).toWKB(order, variant);
}

describe('well-known binary', () => {
  it.each(['LSB', 'MSB'])('is read in byte order %s', (order) => {
    const { points } = readWkb(wkbOf('POINT(4.12345678 47.5)', order), 'degrees');
    expect(points).toEqual([toLattice(4.12345678), toLattice(47.5)]);
  });

  it.each([
    ['POINT Z(1 2 9)', 'ISO'],
    ['POINT Z(1 2 9)', 'OGC'],
    ['POINT M(1 2 9)', 'ISO'],
    ['POINT ZM(1 2 9 8)', 'ISO'],
  ])('of %s in the convention of %s is flattened', (wkt, variant) => {
    const parts = readWkb(wkbOf(wkt, 'LSB', variant), 'degrees');
    expect(parts.points).toEqual([toLattice(1), toLattice(2)]);
    expect(parts.flattened).toBe(true);
  });

  it('of nested collections gives all the parts, in their order', () => {
    const wkt =
      'GEOMETRYCOLLECTION(POINT(1 1),GEOMETRYCOLLECTION(LINESTRING(0 0,1 1),MULTIPOINT((2 2),(3 3))),POLYGON((0 0,1 0,1 1,0 0),(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1)))';
    const parts = readWkb(wkbOf(wkt), 'degrees');
    expect(parts.points.map((value) => value / toLattice(1))).toEqual([1, 1, 2, 2, 3, 3]);
    expect(parts.lines).toHaveLength(1);
    expect(parts.polygons.map((rings) => rings.length)).toEqual([2]);
    expect(parts.flattened).toBe(false);
  });

  it('of lattice coordinates is rounded to whole ones', () => {
    expect(readWkb(wkbOf('POINT(400000000.4 4700000000.6)'), 'lattice').points).toEqual([4e8, 4_700_000_001]);
  });

  it('of a curve is refused', () => {
    // An arc that GDAL did not stroke: type 8, two points.
    const arc = Buffer.alloc(9);
    arc.writeUInt8(1, 0);
    arc.writeUInt32LE(8, 1);
    expect(() => readWkb(arc, 'degrees')).toThrow(/type 8 is not a simple feature/);
  });

  it('that is cut short is refused', () => {
    const whole = wkbOf('LINESTRING(0 0,1 1)');
    expect(() => readWkb(whole.subarray(0, whole.length - 1), 'degrees')).toThrow(RangeError);
  });

  it('written for GEOS is what is read back', () => {
    const polygons = [
      [Float64Array.of(0, 0, 10, 0, 10, 10, 0, 0), Float64Array.of(2, 1, 3, 2, 3, 1, 2, 1)],
      [Float64Array.of(20, 0, 30, 0, 30, 10, 20, 0)],
    ];
    const wkb = writePolygons(polygons);
    expect(readWkb(wkb, 'lattice').polygons).toEqual(polygons);
    expect(gdal.Geometry.fromWKB(wkb).isValid()).toBe(true);
  });
});
