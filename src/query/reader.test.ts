import { describe, expect, it } from 'vitest';
import type { Partition } from '../format/catalogue.ts';
import type { StoredFeature } from '../format/feature.ts';
import { boxesMeet, boxToDegrees, type Box } from '../geometry/lattice.ts';
import { shapeOf } from '../geometry/shape.ts';
import { memoryTree } from '../source/memory.ts';
import { observed, type RequestReport } from '../source/observe.ts';
import { PARCELLE_FIELDS, parcelles, randomPosition } from '../testing/features.ts';
import { decodeWithPackage, firstVertex } from '../testing/oracle.ts';
import { seededRandom } from '../testing/random.ts';
import { writeFlatGeobuf, type TestFeature, type TestLayer } from '../testing/tree.ts';
import { HeadCache, openFile } from './open-file.ts';
import { flatGeobufReader } from './reader.ts';

const SEED = 20_261_122;
const HERE: Box = [4.8, 47.1, 5.2, 47.4];

function layerOf(features: readonly TestFeature[]): TestLayer {
  return { geometry: 'MultiPolygon', fields: PARCELLE_FIELDS, partitions: { 21: features } };
}

function write(count: number): Uint8Array {
  const features = parcelles(seededRandom(SEED), '21231', '000', HERE, count);
  return writeFlatGeobuf(layerOf(features), features);
}

/** Reads `bytes` as a partition of `features`; `reports` receives its requests. */
async function candidates(
  bytes: Uint8Array,
  features: number,
  box: Box | null,
  reports: RequestReport[] = [],
): Promise<StoredFeature[]> {
  const path = 'data/cadastre/parcelle/21.fgb';
  const tree = observed(memoryTree(new Map([[path, bytes]])), (report) => reports.push(report));
  const file = { path, length: bytes.length, sha256: '' };
  const partition: Partition = { id: '21', features, bbox: HERE, coverage: [], provenance: [], file };
  const reader = flatGeobufReader(await openFile(tree, partition, new HeadCache(), undefined));
  const found: StoredFeature[] = [];
  for await (const feature of reader.candidates(box)) found.push(feature);
  return found;
}

describe('a FlatGeobuf file that GDAL wrote', async () => {
  const count = 5000;
  const bytes = write(count);
  // The oracle reads the whole file by the format's own package.
  const all = await decodeWithPackage(bytes);

  it('gives every feature in order, as the flatgeobuf package decodes it', async () => {
    const found = await candidates(bytes, count, null);
    expect(found).toHaveLength(count);
    found.forEach((feature, i) => {
      expect(feature.position).toBe(i);
      expect(feature.geometry()).toEqual(all[i]?.geometry);
      for (const name of ['idu', 'nom_com', 'contenance', 'feuille']) {
        expect(feature.property(name)).toBe(all[i]?.properties[name] ?? null);
      }
    });
  });

  it('finds by its index exactly the features whose boxes meet', async () => {
    const boxes = all.map(({ geometry }) => boxToDegrees(shapeOf(geometry).box));
    const random = seededRandom(SEED);
    for (let round = 0; round < 150; round++) {
      const [x = 0, y = 0] = randomPosition(random, HERE);
      const size = round % 3 === 0 ? 0 : 0.2 * random() ** 4;
      // Every fourth box touches a feature's box in one corner only.
      const corner = boxes[Math.floor(random() * count)] ?? HERE;
      const box: Box = round % 4 === 0 ? [corner[2], corner[3], 6, 48] : [x, y, x + size, y + size];
      const expected = boxes.flatMap((other, i) => (boxesMeet(box, other) ? [i] : []));
      const found = await candidates(bytes, count, box);
      expect(
        found.map(({ position }) => position),
        `seed ${SEED}, round ${round}`,
      ).toEqual(expected);
    }
  });

  it('finds a point in few requests and little more than what it answers', async () => {
    const reports: RequestReport[] = [];
    const [x, y] = firstVertex((all[42] ?? { geometry: { type: 'Point', coordinates: [] } }).geometry);
    const found = await candidates(bytes, count, [x, y, x, y], reports);
    expect(found.length).toBeGreaterThan(0);
    const leaves = Math.ceil(Math.log(count) / Math.log(16));
    expect(reports.length).toBeLessThanOrEqual(2 + leaves + found.length);
    expect(reports.reduce((sum, report) => sum + report.bytes, 0)).toBeLessThan(bytes.length / 5);
  });

  it('reads on only as far as it is asked for more', async () => {
    const reports: RequestReport[] = [];
    const path = 'a.fgb';
    const tree = observed(memoryTree(new Map([[path, bytes]])), (report) => reports.push(report));
    const file = { path, length: bytes.length, sha256: '' };
    const partition: Partition = {
      id: '21',
      features: count,
      bbox: HERE,
      coverage: [],
      provenance: [],
      file,
    };
    for (const box of [null, HERE]) {
      reports.length = 0;
      const reader = flatGeobufReader(await openFile(tree, partition, new HeadCache(), undefined));
      for await (const feature of reader.candidates(box)) {
        expect(feature.position).toBe(0);
        break;
      }
      const read = reports.reduce((sum, report) => sum + report.bytes, 0);
      expect(read).toBeLessThan(bytes.length / 3);
    }
  });
});

describe('small files', () => {
  it.each([1, 2, 16, 17])('of %i features are read by place and whole', async (count) => {
    const bytes = write(count);
    expect(await candidates(bytes, count, [-180, -90, 180, 90])).toHaveLength(count);
    expect(await candidates(bytes, count, null)).toHaveLength(count);
    expect(await candidates(bytes, count, [0, 0, 1, 1])).toHaveLength(0);
  });

  it('without a feature are empty, and reading them ends', async () => {
    const bytes = write(0);
    expect(await candidates(bytes, 0, HERE)).toEqual([]);
    expect(await candidates(bytes, 0, null)).toEqual([]);
  });

  it('without an index are read whole for any box', async () => {
    const features = [{ properties: { idacte: 'a' }, geometry: null }];
    const layer: TestLayer = { geometry: null, fields: 'idacte', partitions: {} };
    const found = await candidates(writeFlatGeobuf(layer, features), 1, HERE);
    expect(found.map((feature) => [feature.property('idacte'), feature.geometry()])).toEqual([['a', null]]);
  });
});

describe('a damaged file', () => {
  const count = 8;
  const bytes = write(count);

  async function outcome(damaged: Uint8Array, features = count): Promise<string> {
    try {
      for (const box of [null, HERE]) {
        const found = await candidates(damaged, features, box);
        for (const feature of found) {
          feature.geometry();
          feature.property('idu');
        }
      }
      return 'read';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : `untyped: ${String(error)}`;
    }
  }

  it('is refused when it is another kind of file', async () => {
    const page = new TextEncoder().encode('<!doctype html><title>Bonjour</title>');
    expect(await outcome(page)).toBe('NotOurFile');
    expect(await outcome(new Uint8Array())).toBe('NotOurFile');
  });

  it('is refused when it holds another number of features than the catalogue says', async () => {
    expect(await outcome(bytes, count + 1)).toBe('CorruptFile');
    expect(await outcome(bytes, 0)).toBe('CorruptFile');
  });

  it('is refused wherever it ends early, and when it goes on', async () => {
    for (let length = 12; length < bytes.length; length += 7) {
      expect(await outcome(bytes.slice(0, length)), `${length} bytes`).toBe('CorruptFile');
    }
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(await outcome(longer)).toBe('CorruptFile');
  });

  it('never ends otherwise than read or refused, whichever byte is turned over', async () => {
    const outcomes = new Map<string, number>();
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const result = await outcome(damaged);
      outcomes.set(result, (outcomes.get(result) ?? 0) + 1);
    }
    expect(
      [...outcomes.keys()].filter((key) => !['read', 'CorruptFile', 'NotOurFile'].includes(key)),
    ).toEqual([]);
    expect(outcomes.get('CorruptFile')).toBeGreaterThan(0);
  });
});
