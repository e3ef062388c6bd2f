import { readdirSync, readFileSync } from 'node:fs';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import gdal from 'gdal-async';
import type { Geometry } from 'geojson';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { boxesMeet, type Box } from '../../src/geometry/lattice.ts';
import { seededRandom } from '../../src/testing/random.ts';
import { useFolder } from '../testing/folder.ts';
import {
  packInto,
  randomSquares,
  TEST_LAYER,
  writeSpool,
  type PackedFeature,
  type TestLayer,
} from '../testing/packing.ts';
import { pack, type PackedLayer } from './pack.ts';

const SEED = 7;
const COUNTS = [0, 1, 2, 16, 17, 257, 5000];

const folder = useFolder();

beforeAll(() => {
  // The flatgeobuf package tells every step.
  vi.spyOn(console, 'debug').mockImplementation(() => undefined);
});

interface Read {
  readonly properties: Record<string, unknown>;
  readonly geometry: unknown;
}

/** Every feature as GDAL reads it, whose booleans are numbers. */
function readByGdal(path: string): Read[] {
  const dataset = gdal.open(path);
  try {
    return dataset.layers.get(0).features.map((feature) => ({
      properties: feature.fields.toObject() as Record<string, unknown>,
      geometry: feature.getGeometry()?.toObject() ?? null,
    }));
  } finally {
    dataset.close();
  }
}

async function readByPackage(path: string, box?: Box): Promise<Read[]> {
  const rect = box && { minX: box[0], minY: box[1], maxX: box[2], maxY: box[3] };
  const found: Read[] = [];
  // A copy: the package reads a buffer from its start, and a small file stands inside a larger one.
  const bytes = Uint8Array.from(readFileSync(path));
  for await (const { properties, geometry } of deserialize(bytes, rect && { rect })) {
    found.push({ properties: { ...properties }, geometry });
  }
  return found;
}

function byIdu(features: readonly Read[]): Read[] {
  const key = ({ properties }: Read): string => String(properties['idu']);
  return [...features].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function boxOfSquare({ geometry }: PackedFeature): Box {
  const ring = geometry?.type === 'MultiPolygon' ? (geometry.coordinates[0]?.[0] ?? []) : [];
  const [[west = NaN, south = NaN] = [], , [east = NaN, north = NaN] = []] = ring;
  return [west, south, east, north];
}

/** Boxes of all sizes around the squares, and each feature's own corner. */
function queryBoxes(features: readonly PackedFeature[]): Box[] {
  const random = seededRandom(SEED);
  const anywhere = Array.from({ length: 20 }, (): Box => {
    const [x, y, size] = [4 + random(), 47 + random(), random() ** 3];
    return [x, y, x + size, y + size];
  });
  const corners = features.slice(0, 20).map((feature): Box => {
    const [, , east, north] = boxOfSquare(feature);
    return [east, north, east, north];
  });
  return [...anywhere, ...corners];
}

describe.each(COUNTS)('a packed file of %i features', (count) => {
  const features = randomSquares(count, SEED);

  it('gives GDAL the same features', () => {
    const { path, features: packed } = packInto(folder, features);
    const expected = features.map(({ properties, geometry }) => ({
      properties: { ...properties, is_rnu: properties['is_rnu'] === true ? 1 : 0 },
      geometry,
    }));
    expect(packed).toBe(count);
    expect(byIdu(readByGdal(path))).toEqual(byIdu(expected));
  });

  it('gives the flatgeobuf package the same features', async () => {
    const { path } = packInto(folder, features);
    const expected = features.map(({ properties, geometry }) => ({ properties, geometry }));
    expect(byIdu(await readByPackage(path))).toEqual(byIdu(expected));
  });

  it('finds by box what brute force finds', async () => {
    const { path } = packInto(folder, features);
    // In a file of no feature the package searches for ever, ours or GDAL's: see calcTreeSize.
    const boxes = count === 0 ? [] : queryBoxes(features);
    expect(boxes.length > 0).toBe(count > 0);
    for (const box of boxes) {
      const expected = features.filter((feature) => boxesMeet(boxOfSquare(feature), box));
      const found = byIdu(await readByPackage(path, box)).map(({ properties }) => properties['idu']);
      expect(found, `seed ${SEED}, box ${box.join(' ')}`).toEqual(
        expected.map(({ properties }) => properties['idu']).sort(),
      );
    }
  });

  it('tells GDAL its extent, name and coordinate system', () => {
    const { path, bbox } = packInto(folder, features);
    const dataset = gdal.open(path);
    const layer = dataset.layers.get(0);
    expect(layer.name).toBe(TEST_LAYER.name);
    expect(layer.srs?.getAuthorityCode('GEOGCS')).toBe('4326');
    expect(layer.features.count()).toBe(count);
    const { minX, minY, maxX, maxY } = count === 0 ? {} : layer.getExtent();
    expect(count === 0 ? null : [minX, minY, maxX, maxY]).toEqual(bbox);
    dataset.close();
  });
});

describe('the packer', () => {
  it('keeps features without a geometry among others, for whoever reads all', () => {
    const [first, second, third] = randomSquares(3, SEED);
    const lost: PackedFeature = { properties: { idu: 'sans géométrie' }, geometry: null };
    const { path, bbox } = packInto(
      folder,
      [first, lost, second, third].filter((feature) => feature !== undefined),
    );
    const read = readByGdal(path);
    expect(read).toHaveLength(4);
    expect(read.find(({ properties }) => properties['idu'] === lost.properties['idu'])?.geometry).toBeNull();
    expect(bbox?.every(Number.isFinite)).toBe(true);
  });

  it('does not find by box a feature that has no geometry', async () => {
    const [first] = randomSquares(1, SEED);
    const lost: PackedFeature = { properties: { idu: 'sans géométrie' }, geometry: null };
    const { path } = packInto(folder, first === undefined ? [] : [lost, first]);
    const found = await readByPackage(path, [-180, -90, 180, 90]);
    expect(found.map(({ properties }) => properties['idu'])).toEqual([first?.properties['idu']]);
  });

  it('writes a layer without places as a table, in the order of its keys and without an index', () => {
    const actes: TestLayer = { ...TEST_LAYER, name: 'acte-sup', geometry: null, keys: ['idu'] };
    const rows = ['b', 'a', 'c'].map((idu): PackedFeature => ({ properties: { idu }, geometry: null }));
    const { path, bbox } = packInto(folder, rows, actes);
    expect(bbox).toBeNull();
    expect(readByGdal(path).map(({ properties }) => properties['idu'])).toEqual(['a', 'b', 'c']);
  });

  it('leaves null properties out, which readers give as null', () => {
    const [square] = randomSquares(1, SEED);
    const { path } = packInto(folder, [
      { properties: { idu: 'x', contenance: null }, geometry: square?.geometry ?? null },
    ]);
    expect(readByGdal(path)[0]?.properties).toEqual({
      idu: 'x',
      contenance: null,
      hauteur: null,
      is_rnu: null,
    });
  });

  const polygon = [
    [4, 47],
    [5, 47],
    [5, 48],
    [4, 47],
  ];
  const hole = [
    [4.5, 47.1],
    [4.6, 47.2],
    [4.6, 47.1],
    [4.5, 47.1],
  ];
  const elsewhere = polygon.map(([x = 0, y = 0]) => [x - 2, y]);
  it.each<[string, Geometry]>([
    ['a polygon with a hole', { type: 'MultiPolygon', coordinates: [[polygon, hole]] }],
    ['several polygons', { type: 'MultiPolygon', coordinates: [[polygon, hole], [elsewhere]] }],
    ['a line', { type: 'MultiLineString', coordinates: [polygon] }],
    ['several lines', { type: 'MultiLineString', coordinates: [polygon, hole] }],
    ['a point', { type: 'MultiPoint', coordinates: [[4.12345678, 47.87654321]] }],
    ['several points', { type: 'MultiPoint', coordinates: polygon }],
  ])('writes %s as GDAL and the flatgeobuf package read it', async (_, geometry) => {
    const layer = { ...TEST_LAYER, geometry: geometry.type as PackedLayer['geometry'] };
    const { path } = packInto(folder, [{ properties: { idu: 'x' }, geometry }], layer);
    expect(readByGdal(path)[0]?.geometry).toEqual(geometry);
    expect((await readByPackage(path))[0]?.geometry).toEqual(geometry);
  });

  it('keeps one of several identical features, and names the others with their spool', () => {
    const features = randomSquares(5, SEED);
    const first = writeSpool(folder.path('first.spool'), features);
    const second = writeSpool(folder.path('second.spool'), [
      ...features.slice(3),
      ...randomSquares(1, SEED + 1),
    ]);
    const target = folder.path('layer.fgb');
    const result = pack(TEST_LAYER, [first, second], target);
    expect(result.features).toBe(6);
    expect(result.duplicates).toEqual(
      features.slice(3).map(({ properties }) => ({ spool: second, id: properties['idu'] })),
    );
    expect(readByGdal(target)).toHaveLength(6);
  });

  it('writes the same bytes whatever the order and the cut of its spools, and the memory it has', () => {
    const features = [...randomSquares(3000, SEED), ...randomSquares(300, SEED)];
    const once = readFileSync(packInto(folder, features).path);
    const spools = [features.slice(1000).toReversed(), features.slice(0, 1000)].map((part, i) =>
      writeSpool(folder.path(`${i}.spool`), part),
    );
    const target = folder.path('again.fgb');
    const { duplicates } = pack(TEST_LAYER, spools, target, { memory: 1 << 16 });
    expect(readFileSync(target).equals(once)).toBe(true);
    expect(duplicates).toHaveLength(300);
  });

  it('leaves nothing beside the file that it writes', () => {
    const features = randomSquares(3000, SEED);
    const spool = writeSpool(folder.path('in', 'features.spool'), features);
    pack(TEST_LAYER, [spool], folder.path('out', 'layer.fgb'), { memory: 1 << 16 });
    expect(readdirSync(folder.path('out'))).toEqual(['layer.fgb']);
  });

  it('puts features in the order of their keys, and each run of one key in Hilbert order', () => {
    const layer: TestLayer = { ...TEST_LAYER, keys: ['hauteur', 'is_rnu'] };
    const features = randomSquares(2000, SEED).map(({ geometry, properties }, i): PackedFeature => ({
      geometry,
      properties: { ...properties, hauteur: i % 7 === 0 ? null : i % 3 },
    }));
    const ordered = readByGdal(packInto(folder, features, layer).path);
    const keyOf = ({ properties: { hauteur, is_rnu } }: Read): string => JSON.stringify([hauteur, is_rnu]);
    const runs = ordered.map(keyOf).filter((key, i, keys) => key !== keys[i - 1]);
    const expected = [null, 0, 1, 2].flatMap((hauteur) =>
      [0, 1].map((flag) => JSON.stringify([hauteur, flag])),
    );
    expect(runs).toEqual(expected);
    // Fewer features lie farther apart: a run holds a seventh to a tenth of them.
    for (const key of runs) {
      expect(meanStep(ordered.filter((feature) => keyOf(feature) === key)), key).toBeLessThan(0.2);
    }
  });

  /** The mean distance between neighbours in the file, in degrees. */
  function meanStep(features: readonly Read[]): number {
    const corners = features.map(({ geometry }) => {
      const [[[[x = 0, y = 0] = []] = []] = []] = (geometry as { coordinates: number[][][][] }).coordinates;
      return [x, y] as const;
    });
    const steps = corners.slice(1).map(([x, y], i) => {
      const [px, py] = corners[i] ?? [0, 0];
      return Math.hypot(x - px, y - py);
    });
    return steps.reduce((sum, step) => sum + step, 0) / steps.length;
  }

  it('puts features in Hilbert order: neighbours in the file are near on the ground', () => {
    const { path } = packInto(folder, randomSquares(2000, SEED));
    // Two random points of a unit square lie 0.52 apart.
    expect(meanStep(readByGdal(path))).toBeLessThan(0.1);
  });
});
