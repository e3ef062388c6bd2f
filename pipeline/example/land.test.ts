import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { contourOf, type Grid } from './frontier.ts';
import { planLand, type Land } from './land.ts';
import { areaOf, type Surface } from './ring.ts';
import { area, toWkb, type Shape } from './shape.ts';

const GRID: Grid = { name: 'test', epsg: 2154, origin: [800_000, 6_600_000], side: 2000 };

function draw(seed: number): Land {
  const contour = contourOf({ ...GRID, name: `test/${String(seed)}` }, [0, 0]);
  return planLand({ seed: String(seed), contour, lot: 600, absorbed: '907' });
}

function toGdal(shape: Shape): gdal.Geometry {
  return gdal.Geometry.fromWKB(toWkb(shape));
}

const SEEDS = [1, 2, 3, 4];
const LANDS = SEEDS.map((seed) => [seed, draw(seed)] as const);

describe.each(LANDS)('the plan of seed %i', (_, land) => {
  const surfaces: readonly Surface[] = land.parcelles.flatMap((parcelle) => parcelle.surfaces);

  it('holds valid parcelles only', () => {
    const invalid = land.parcelles.filter((parcelle) => !toGdal(area(parcelle.surfaces)).isValid());
    expect(invalid).toEqual([]);
  });

  it('leaves out no more than streets', () => {
    const used = surfaces.reduce((sum, surface) => sum + areaOf(surface), 0) / areaOf([land.contour]);
    expect(used).toBeLessThan(1);
    expect(used).toBeGreaterThan(0.85);
  });

  it('has no two parcelles on one place', () => {
    const union = toGdal({ type: 'MultiPolygon', coordinates: surfaces }).buffer(0, 8);
    const sum = surfaces.reduce((total, surface) => total + areaOf(surface), 0);
    // A vertex on a neighbour's edge is rounded to a centimetre: a square metre over a whole commune.
    expect(Math.abs(areaOfGdal(union) - sum)).toBeLessThan(1);
  });

  it('numbers every parcelle once', () => {
    const numbers = land.parcelles.map((one) => one.comAbs + one.section + one.numero);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('names every sheet once', () => {
    const names = land.feuilles.map((one) => one.comAbs + one.section + String(one.feuille));
    expect(new Set(names).size).toBe(names.length);
  });

  it('has the land of the absorbed commune beside the rest', () => {
    expect(land.parts.map((part) => part.comAbs)).toEqual(['000', '907']);
    const sum = land.parts.reduce((total, part) => total + areaOf([part.outline]), 0);
    expect(sum).toBeCloseTo(areaOf([land.contour]), -1);
  });

  it('has sizes with a heavy tail', () => {
    const sizes = surfaces.map(areaOf).sort((a, b) => a - b);
    const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
    expect(sizes.at(-1)).toBeGreaterThan(20 * median);
  });

  it('is the same when drawn again', () => {
    expect(draw(SEEDS[0] ?? 0)).toEqual(LANDS[0]?.[1]);
  });
});

function areaOfGdal(geometry: gdal.Geometry): number {
  return geometry instanceof gdal.MultiPolygon || geometry instanceof gdal.Polygon ? geometry.getArea() : NaN;
}

describe('plans together', () => {
  it('hold parcelles with another one inside, and parcelles in two pieces', () => {
    const parcelles = LANDS.flatMap(([, land]) => land.parcelles);
    expect(parcelles.some((one) => one.surfaces.some((surface) => surface.length > 1))).toBe(true);
    expect(parcelles.some((one) => one.surfaces.length > 1)).toBe(true);
  });
});
