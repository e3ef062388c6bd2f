import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { cellBox } from '../../../src/format/cells.ts';
import { boxToDegrees, toDegrees } from '../../../src/geometry/lattice.ts';
import { seededRandom } from '../../../src/testing/random.ts';
import { useFolder } from '../../testing/folder.ts';
import type { PackedFeature } from '../../testing/packing.ts';
import { buildIndex, PARCELLES, type IndexedTestLayer } from './testing/build-index.ts';
import { expectIndex, leavesOf, pagesOfId } from './testing/expect-index.ts';

const SEED = 5;
/** Small pages, so that few features make many. */
const SMALL = { pageBytes: 700, directoryBytes: 250 };

const folder = useFolder();

const onLattice = (degrees: number): number => Math.round(degrees * 1e8) / 1e8;

function parcelle(i: number, ring: readonly Position[], section = 'AB'): PackedFeature {
  const coordinates = [[ring.map(([x = NaN, y = NaN]) => [onLattice(x), onLattice(y)])]];
  return {
    properties: { idu: `21054000${section}${String(i).padStart(4, '0')}`, section, contenance: i },
    geometry: { type: 'MultiPolygon', coordinates },
  };
}

function square(west: number, south: number, side: number): Position[] {
  const [east, north] = [west + side, south + side];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/** A ring of `corners` around a place, not convex. */
function star(x: number, y: number, radius: number, corners: number, random: () => number): Position[] {
  const ring = Array.from({ length: corners }, (_, i): Position => {
    const [angle, reach] = [(2 * Math.PI * i) / corners, radius * (0.5 + random() / 2)];
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  });
  return [...ring, ...ring.slice(0, 1)];
}

/** Parcels side by side, which share their borders. */
function grid(side: number, section = 'AB', west = 4.8, step = 0.0007): PackedFeature[] {
  return Array.from({ length: side * side }, (_, i) =>
    parcelle(i, square(west + (i % side) * step, 47 + Math.floor(i / side) * step, step), section),
  );
}

const POINTS: IndexedTestLayer = { ...PARCELLES, geometry: 'MultiPoint', ids: null };

function place(i: number, x: number, y: number): PackedFeature {
  return {
    properties: { idu: `${i}`, section: null, contenance: null },
    geometry: { type: 'MultiPoint', coordinates: [[onLattice(x), onLattice(y)]] },
  };
}

describe('an index', () => {
  it.each([1, 2, 20])('of %i × as many parcels side by side holds each wherever it is', async (side) => {
    expectIndex(await buildIndex(folder, PARCELLES, [{ features: grid(side) }], SMALL));
  });

  it('of no feature is one empty leaf', async () => {
    const built = await buildIndex(folder, PARCELLES, [{ features: [] }]);
    expectIndex(built);
    expect(leavesOf(built).map(({ page }) => page)).toEqual([-1]);
    expect(pagesOfId(built, '21054000AB0001')).toEqual([]);
  });

  it('of two partitions holds what they share on either side', async () => {
    const east = grid(9, 'AC', 4.8 + 9 * 0.0007);
    const built = await buildIndex(folder, PARCELLES, [{ features: grid(9) }, { features: east }], SMALL);
    expectIndex(built);
    const shared = built.index.regions
      .flatMap(({ pages }) => pages)
      .filter(({ features }) => {
        return new Set(features.map(({ partition }) => partition)).size === 2;
      });
    expect(shared.length).toBeGreaterThan(0);
  });

  it('of large polygons over each other holds only what meets each leaf', async () => {
    const random = seededRandom(SEED);
    const giants = Array.from({ length: 8 }, (_, i) => parcelle(i, star(4.8, 47, 0.3, 400, random), 'ZZ'));
    const built = await buildIndex(folder, PARCELLES, [{ features: [...giants, ...grid(6)] }], {
      pageBytes: 3000,
    });
    expectIndex(built);
    const locals = built.index.regions.flatMap(({ pages }) => pages).flatMap((page) => page.locals);
    expect(locals.some(({ parts }) => parts.some(({ covers }) => covers))).toBe(true);
  });

  it('of many polygons that cover one place does not divide it for ever', async () => {
    const covers = Array.from({ length: 300 }, (_, i) => parcelle(i, square(4, 46, 1 + i / 1000), 'ZZ'));
    const built = await buildIndex(folder, PARCELLES, [{ features: covers }], SMALL);
    expect(leavesOf(built).length).toBeLessThan(5000);
    expectIndex(built);
  });

  it('of long lines one on the other does not divide them for ever', async () => {
    const layer: IndexedTestLayer = { ...PARCELLES, geometry: 'MultiLineString', ids: null };
    const lines = Array.from({ length: 60 }, (_, i): PackedFeature => {
      const line = [5, 5.01].map((x): Position => [onLattice(x + i * 1e-6), 47]);
      const geometry = { type: 'MultiLineString' as const, coordinates: [line] };
      return { properties: { idu: `${i}`, section: null, contenance: null }, geometry };
    });
    // In one go, and by bins.
    for (const memory of [1 << 27, 5000]) {
      const built = await buildIndex(folder, layer, [{ features: lines }], { ...SMALL, memory });
      expect(leavesOf(built).length).toBeLessThan(500);
      expectIndex(built);
    }
  });

  it('of points, some of them on the borders and corners of cells, holds each', async () => {
    const random = seededRandom(SEED);
    const [west, south, east, north] = boxToDegrees(cellBox({ start: 0, level: 13 }));
    const [width, height] = [east - west, north - south];
    const corner = (): number => toDegrees(2 ** (20 + Math.floor(random() * 8)) * Math.floor(random() * 8));
    const points = Array.from({ length: 600 }, (_, i) => {
      const [x, y] = [i % 3 === 0 ? random() * width : corner(), i % 3 === 1 ? random() * height : corner()];
      return place(i, x, y);
    });
    expectIndex(await buildIndex(folder, POINTS, [{ features: points }], SMALL));
  });

  it('of fifty thousand points in one place holds each', async () => {
    const points = Array.from({ length: 50_000 }, (_, i) => place(i, 4.8, 47));
    const { index } = await buildIndex(folder, POINTS, [{ features: [...points, place(-1, 5, 48)] }]);
    const largest = Math.max(
      ...index.regions.flatMap(({ pages }) => pages.map(({ features }) => features.length)),
    );
    expect(largest).toBe(50_000);
  });

  it('of rows without a place has keys only', async () => {
    const layer: IndexedTestLayer = { ...PARCELLES, geometry: null, ids: null };
    const rows = grid(12).map((feature, i) => ({
      properties: { ...feature.properties, section: `A${String(i % 7)}` },
      geometry: null,
    }));
    const built = await buildIndex(folder, layer, [{ features: rows }]);
    expect(built.written).toMatchObject({ root: null, ids: null, pages: 0 });
    expectIndex(built);
    expect(built.index.blocks.length).toBe(7);
  });

  // What is asked by an attribute alone is looked for in pages: there they would not be.
  it.each([
    ['nothing', null],
    ['no parts', { type: 'MultiPolygon' as const, coordinates: [] }],
  ])('refuses a feature whose geometry is %s, with ids and without', async (_, geometry) => {
    const features = grid(3).map((feature, i) => (i === 1 ? { ...feature, geometry } : feature));
    for (const ids of [PARCELLES.ids, null]) {
      await expect(buildIndex(folder, { ...PARCELLES, ids }, [{ features }])).rejects.toThrow(/has no place/);
      expect(readdirSync(dirname(folder.path('x'))).filter((name) => name.endsWith('.idx'))).toEqual([]);
    }
  });

  it('refuses ids of rows without a place', async () => {
    const features = grid(2).map((feature) => ({ ...feature, geometry: null }));
    const built = buildIndex(folder, { ...PARCELLES, geometry: null }, [{ features }]);
    await expect(built).rejects.toThrow(/has no place/);
  });

  it('tells of each region what is covered there', async () => {
    const coverage = [[4.7, 46.9, 4.9, 47.1] as const, [55, -22, 56, -20] as const];
    const built = await buildIndex(folder, PARCELLES, [{ features: grid(20), coverage }], SMALL);
    expect(built.index.regions.length).toBeGreaterThan(1);
    const told = built.index.regions.flatMap(({ directory }) => directory.coverage);
    for (const box of coverage) expect(told).toContainEqual({ partition: 0, box });
    const everywhere = built.index.regions.filter(({ directory }) => directory.coverage.length === 2);
    expect(everywhere.length).toBeLessThanOrEqual(1);
  });
});

describe('the bytes of an index', () => {
  it('do not depend on the memory allowed', async () => {
    const random = seededRandom(SEED);
    const giants = Array.from({ length: 5 }, (_, i) =>
      parcelle(i, star(4.8 + i / 100, 47, 0.05, 900, random), 'ZZ'),
    );
    const features = [...giants, ...grid(18), ...grid(8, 'AC', 55)];
    const bytes = [];
    for (const memory of [20_000, 400_000, 1 << 27]) {
      const { index } = await buildIndex(folder, PARCELLES, [{ features }], { ...SMALL, memory });
      bytes.push(Buffer.from(index.bytes).toString('base64'));
    }
    expect(new Set(bytes).size).toBe(1);
  });
});
