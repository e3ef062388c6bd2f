/** The reader on trees of many small pages and regions: borders of leaves, large features, pages, streams, costs. */
import type { Geometry, Point } from 'geojson';
import { describe, expect, it } from 'vitest';
import { stream } from './stream.ts';
import { cellBox, codeAt, MAX_LEVEL } from './format/cells.ts';
import { intersects } from './geometry/intersects.ts';
import { toDegrees, toLattice } from './geometry/lattice.ts';
import { shapeOf } from './geometry/shape.ts';
import { openCarto, type Carto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import { parcelles, PARCELLE_FIELDS, randomPosition, star } from './testing/features.ts';
import { seededRandom } from './testing/random.ts';
import { COTE_D_OR } from './testing/territory.ts';
import { buildTree, type TestFeature, type TestLayer } from './testing/tree.ts';

const SEED = 271;
const random = seededRandom(SEED);

/** Rings of thousands of vertices around one place, each in many leaves. */
function giants(count: number): TestFeature[] {
  return Array.from({ length: count }, (_, gid) => ({
    properties: { gid, libelle: 'U', partition: 'DU_1' },
    geometry: { type: 'MultiPolygon', coordinates: [[star(random, [5, 47.25], 0.15, 4000 + gid)]] },
  }));
}

/** Squares that touch, alternately in one partition and the other. */
function chessboard(isBlack: boolean): TestFeature[] {
  const squares = Array.from({ length: 100 }, (_, i) => ({ x: i % 10, y: Math.floor(i / 10) }));
  return squares
    .filter(({ x, y }) => (x + y) % 2 === Number(isBlack))
    .map(({ x, y }) => {
      const [west, south] = [5 + x / 100, 47.2 + y / 100];
      const ring = [
        [west, south],
        [west + 0.01, south],
        [west + 0.01, south + 0.01],
        [west, south + 0.01],
        [west, south],
      ];
      return {
        properties: { gid: 10 * y + x, code_dep: isBlack ? '21' : '71' },
        geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
      };
    });
}

const LAYERS: Readonly<Record<string, TestLayer>> = {
  'cadastre/parcelle': {
    geometry: 'MultiPolygon',
    fields: PARCELLE_FIELDS,
    partitions: {
      21: ['21231', '21166', '21054'].flatMap((code) => parcelles(random, code, '000', COTE_D_OR, 250)),
    },
  },
  'gpu/zone-urba': {
    geometry: 'MultiPolygon',
    fields: 'gid:integer libelle partition',
    partitions: { france: giants(6) },
  },
  'cadastre/feuille': {
    geometry: 'MultiPolygon',
    fields: 'gid:integer code_dep',
    partitions: { 21: chessboard(true), 71: chessboard(false) },
  },
};

const files = await buildTree(LAYERS, undefined, { pageBytes: 2500, directoryBytes: 800 });
const open = (): Promise<Carto> => openCarto(memoryTree(files));
const carto = await open();

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function point(lon: number, lat: number): Point {
  return { type: 'Point', coordinates: [lon, lat] };
}

const SHAPES = Object.entries(LAYERS).flatMap(([layer, { partitions }]) =>
  Object.values(partitions)
    .flat()
    .flatMap(({ geometry, properties }) =>
      geometry === null ? [] : { layer, properties, shape: shapeOf(geometry) },
    ),
);

function nameOf({ idu, gid }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([idu, gid]);
}

/** The features that share a point with `geom`, asked of each. */
function expectedGids(layer: string, geom: Geometry): string[] {
  const asked = shapeOf(geom);
  return SHAPES.filter((one) => one.layer === layer && intersects(asked, one.shape))
    .map(({ properties }) => nameOf(properties))
    .sort();
}

async function foundGids(layer: string, geom: Geometry): Promise<string[]> {
  const { features } = await carto.query(layer, { geom, geometry: false });
  return features.map(({ properties }) => nameOf(properties)).sort();
}

const WIDE: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [4.85, 47.15],
      [5.1, 47.12],
      [5.15, 47.38],
      [4.9, 47.35],
      [4.85, 47.15],
    ],
  ],
};

describe('points on the borders of leaves', () => {
  it('are answered as everywhere, on an edge, in a corner and a step beside', async () => {
    for (let round = 0; round < 60; round++) {
      const [lon = 0, lat = 0] = randomPosition(random, COTE_D_OR);
      const level = 8 + Math.floor(random() * 12);
      const code = codeAt(toLattice(lon), toLattice(lat));
      const span = 4 ** (MAX_LEVEL - level);
      const [minX, minY, maxX] = cellBox({ start: code - (code % span), level });
      const [dx, dy] = [round % 3, Math.floor(round / 3) % 3].map((step) => step - 1);
      const x = (round % 2 === 0 ? minX : maxX) + (dx ?? 0);
      const geom = point(toDegrees(x), round % 4 < 2 ? toDegrees(minY + (dy ?? 0)) : lat);
      for (const layer of Object.keys(LAYERS)) {
        const message = `seed ${SEED}, round ${round}, ${layer} ${JSON.stringify(geom)}`;
        expect(await foundGids(layer, geom), message).toEqual(expectedGids(layer, geom));
      }
    }
  });
});

describe('two partitions that share borders', () => {
  it('both answer on an edge and in a corner, each feature once', async () => {
    const corner = point(5.05, 47.25);
    const { features, meta } = await carto.query('cadastre/feuille', { geom: corner });
    expect(features).toHaveLength(4);
    expect(new Set(features.map(({ id }) => id.split('.')[1]))).toEqual(new Set(['21', '71']));
    expect(meta.requests).toBeLessThanOrEqual(2);
    expect(await foundGids('cadastre/feuille', point(5.05, 47.255))).toHaveLength(2);
    expect(await foundGids('cadastre/feuille', WIDE)).toEqual(expectedGids('cadastre/feuille', WIDE));
  });
});

describe('pages of answers', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['cadastre/parcelle', { geom: WIDE }],
    ['cadastre/parcelle', { code_dep: '21' }],
    ['cadastre/parcelle', { code_insee: '21166' }],
    ['cadastre/parcelle', { nom_com: 'Œuilly 21231' }],
    ['cadastre/parcelle', { code_insee: '21231', feuille: 1 }],
    ['gpu/zone-urba', { geom: WIDE }],
    ['cadastre/feuille', { geom: WIDE }],
  ])('of %s %j together are the whole, in the same order each time, and the stream', async (layer, asked) => {
    const whole = await carto.query(layer, { ...asked, geometry: false });
    expect(whole.meta.numberMatched).toBe(whole.features.length);
    expect(whole.features.length).toBeGreaterThan(5);
    const size = Math.ceil(whole.features.length / 5);
    const other = await open();
    const ids: string[] = [];
    for (let start = 0; start < whole.features.length; start += size) {
      const page = await other.query(layer, { ...asked, geometry: false, start, limit: size });
      expect(page.meta.truncated).toBe(start + size < whole.features.length);
      ids.push(...page.features.map(({ id }) => id));
    }
    expect(ids).toEqual(whole.features.map(({ id }) => id));
    const streamed = await collected(stream(carto, layer, { ...asked, geometry: false }));
    expect(streamed).toEqual(whole.features);
    const part = await collected(stream(carto, layer, { ...asked, geometry: false, start: 2, limit: 3 }));
    expect(part).toEqual(whole.features.slice(2, 5));
  });

  it('have the geometries of large features when these are asked for, streamed too', async () => {
    const { features } = await carto.query('gpu/zone-urba', { geom: point(5, 47.25) });
    expect(features.map(({ geometry }) => geometry)).toEqual(
      expect.arrayContaining(
        LAYERS['gpu/zone-urba']?.partitions['france']?.map(({ geometry }) => geometry) ?? [],
      ),
    );
    expect(await collected(stream(carto, 'gpu/zone-urba', { geom: point(5, 47.25) }))).toEqual(features);
  });
});

describe('what it costs', () => {
  it('not to ask for the geometry of large features is next to nothing', async () => {
    const [bare, full] = [await open(), await open()];
    const geom = point(5, 47.25);
    const { meta } = await bare.query('gpu/zone-urba', { geom, geometry: false });
    expect(meta).toMatchObject({ numberMatched: 6, requests: 2 });
    expect(meta.bytes).toBeLessThan(12_000);
    const { meta: whole } = await full.query('gpu/zone-urba', { geom });
    expect(whole.bytes).toBeGreaterThan(6 * 4000 * 16);
  });

  it('to count by key is to read no feature', async () => {
    const fresh = await open();
    const { meta } = await fresh.query('cadastre/parcelle', { code_insee: '21166', limit: 0 });
    expect(meta).toMatchObject({ numberMatched: 250, requests: 2, truncated: true });
    expect(meta.bytes).toBeLessThan(3000);
  });

  it('too much is refused with its cost, before anything is read', async () => {
    const reports: unknown[] = [];
    const fresh = await openCarto(memoryTree(files), { onRequest: (report) => reports.push(report) });
    const read = reports.length;
    const scan = fresh.query('cadastre/parcelle', { nom_com: 'Œuilly 21231', maxBytes: 1000 });
    await expect(scan).rejects.toMatchObject({ code: 'TooCostly', details: { maxBytes: 1000 } });
    expect(reports).toHaveLength(read);
    const search = stream(fresh, 'cadastre/parcelle', { nom_com: 'Œuilly 21231', maxBytes: 1000 });
    await expect(search.next()).rejects.toMatchObject({ code: 'TooCostly' });
    await expect(
      fresh.query('cadastre/parcelle', { code_insee: '21166', maxBytes: 5000 }),
    ).rejects.toMatchObject({ code: 'TooCostly' });
    await expect(fresh.query('cadastre/parcelle', { geom: WIDE, maxRequests: 1 })).rejects.toMatchObject({
      code: 'TooCostly',
    });
  });

  it('nothing where conditions contradict each other', async () => {
    const { meta } = await (await open()).query('cadastre/parcelle', { code_insee: '21166', code_dep: '71' });
    expect(meta).toMatchObject({ numberMatched: 0, requests: 0 });
  });
});
