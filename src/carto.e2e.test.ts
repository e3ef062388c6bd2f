/** Whole queries over a small tree: in memory, in a folder and behind HTTP. */
import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Geometry, Polygon } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carto } from './carto.ts';
import { intersects } from './geometry/intersects.ts';
import type { Box } from './geometry/lattice.ts';
import { shapeOf } from './geometry/shape.ts';
import { openCarto, type RequestReport } from './node.ts';
import { memoryTree } from './source/memory.ts';
import { randomLine, randomPoints, randomPosition, star } from './testing/features.ts';
import { decodeWithPackage, firstVertex, type DecodedFeature } from './testing/oracle.ts';
import { seededRandom } from './testing/random.ts';
import { TestHost } from './testing/server.ts';
import { COTE_D_OR, POSTAL_ROWS, TERRITORY } from './testing/territory.ts';
import { buildTree, writeTree } from './testing/tree.ts';

const SEED = 20_261_122;
const files = await buildTree(TERRITORY, POSTAL_ROWS);
const folder = writeTree(files);
const host = new TestHost(files);
let address = '';
let bases: Readonly<Record<string, Parameters<typeof openCarto>[0]>> = {};

beforeAll(async () => {
  address = await host.start();
  bases = {
    memory: memoryTree(files),
    'a folder': folder,
    'a file URL': pathToFileURL(`${folder}/`),
    'an address': address,
    'an address without its last slash': new URL(address).origin,
  };
});
afterAll(async () => {
  await host.stop();
  rmSync(folder, { recursive: true });
});

type Published = DecodedFeature & { readonly id: string };

/** Every feature of a layer with the id it must have, by another reader. */
async function allOf(carto: Carto, layer: string): Promise<Published[]> {
  const tail = layer.slice(layer.indexOf('/') + 1);
  const all: Published[] = [];
  for (const { id } of carto.catalogue.layers[layer]?.partitions ?? []) {
    const path = [...files.keys()].find((name) => name.startsWith(`data/${layer}/${id}.`)) ?? '';
    const features = await decodeWithPackage(files.get(path) ?? new Uint8Array());
    all.push(...features.map((feature, i) => ({ ...feature, id: `${tail}.${id}.${i}` })));
  }
  return all;
}

function byId(features: readonly { readonly id: string }[]): string[] {
  return features.map(({ id }) => id).sort();
}

const random = seededRandom(SEED);

function box([minX, minY, maxX, maxY]: Box): Polygon {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [minX, minY],
        [maxX, minY],
        [maxX, maxY],
        [minX, maxY],
        [minX, minY],
      ],
    ],
  };
}

/** A geometry of each kind, some made of what is published so that boundaries meet. */
function someGeometry(round: number, published: readonly DecodedFeature[]): Geometry {
  const at = randomPosition(random, COTE_D_OR);
  const known = published[Math.floor(random() * published.length)];
  const vertex = known === undefined ? at : [...firstVertex(known.geometry)];
  const reach = 0.1 * random() ** 2;
  const [x = 0, y = 0] = at;
  const kinds: readonly (() => Geometry)[] = [
    () => ({ type: 'Point', coordinates: at }),
    () => ({ type: 'Point', coordinates: vertex }),
    () => box([x, y, x + reach, y + reach]),
    () => ({ type: 'Polygon', coordinates: [star(random, at, 0.1, 9), star(random, at, 0.04, 5).reverse()] }),
    () => randomLine(random, COTE_D_OR, reach),
    () => ({ type: 'LineString', coordinates: [vertex, at] }),
    () => randomPoints(random, COTE_D_OR),
    () => ({
      type: 'GeometryCollection',
      geometries: [{ type: 'Point', coordinates: vertex }, box([x, y, x, y + reach])],
    }),
    () => known?.geometry ?? { type: 'Point', coordinates: at },
  ];
  return kinds[round % kinds.length]?.() ?? { type: 'Point', coordinates: at };
}

describe('queries by place', () => {
  it.each(['cadastre/parcelle', 'gpu/zone-urba', 'gpu/info-lin', 'cadastre/localisant'])(
    'on %s answer exactly what a test of every feature finds, geometries and all',
    async (layer) => {
      const carto = await openCarto(folder);
      const all = await allOf(carto, layer);
      const shapes = all.map(({ geometry }) => shapeOf(geometry));
      for (let round = 0; round < 180; round++) {
        const geom = someGeometry(round, all);
        const asked = shapeOf(geom);
        const expected = new Map(
          all.filter((_, i) => intersects(asked, shapes[i] ?? asked)).map((one) => [one.id, one.geometry]),
        );
        const { features, meta } = await carto.query(layer, { geom });
        const message = `seed ${SEED}, round ${round}, ${JSON.stringify(geom).slice(0, 300)}`;
        expect(byId(features), message).toEqual([...expected.keys()].sort());
        for (const { id, geometry } of features) expect(geometry, message).toEqual(expected.get(id));
        expect(meta.numberMatched, message).toBe(expected.size);
      }
    },
  );
});

describe('the same question', () => {
  it('has the same answer from every kind of source', async () => {
    const questions: readonly ((carto: Carto) => Promise<unknown>)[] = [
      (carto) => carto.cadastre.parcelles({ geom: box([4.9, 47.2, 5, 47.3]), limit: 20, start: 5 }),
      (carto) => carto.cadastre.parcelles({ code_insee: '97411', section: 'AA', geometry: false }),
      (carto) => carto.gpu.zonesUrba({ geom: { type: 'Point', coordinates: [5, 47.25] } }),
      (carto) => carto.gpu.actesSup({ partition: 'SUP_21_1' }),
      (carto) => carto.codesPostaux.communes('21700'),
    ];
    for (const ask of questions) {
      const answers = await Promise.all(
        Object.values(bases).map(async (base) => JSON.stringify(await ask(await openCarto(base)))),
      );
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).not.toContain('"features":[]');
    }
  });
});

describe('what an answer costs', () => {
  it('is told by meta, and each request by onRequest', async () => {
    const reports: RequestReport[] = [];
    const carto = await openCarto(new URL(address), {
      onRequest: (report) => reports.push(report),
    });
    expect(reports).toMatchObject([
      { length: null, status: 'ok', bytes: files.get('catalogue.json')?.length },
    ]);
    reports.length = 0;
    const { meta } = await carto.gpu.zonesUrba({ geom: { type: 'Point', coordinates: [5, 47.25] } });
    expect(reports).toHaveLength(meta.requests);
    expect(reports.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(meta.bytes);
    expect(reports.every(({ url, status }) => url.includes('/data/gpu/zone-urba') && status === 'ok')).toBe(
      true,
    );
  });

  it('is two requests by place or by key, one in a place that is known, and none for the same', async () => {
    const carto = await openCarto(folder);
    const at = (lon: number) => ({ geom: { type: 'Point' as const, coordinates: [lon, 47.25] } });
    const cost = async (question: Parameters<typeof carto.query>[1]): Promise<number> =>
      (await carto.query('cadastre/parcelle', question)).meta.requests;
    expect(await cost(at(5))).toBe(2);
    expect(await cost(at(4.85))).toBe(1);
    expect(await cost(at(5))).toBe(0);
    expect(await cost({ idu: '21231000AA0001' })).toBeLessThanOrEqual(2);
    expect(await cost({ idu: '21231000AA0099' })).toBeLessThanOrEqual(2);
  });

  it('is next to nothing where no partition is', async () => {
    const carto = await openCarto(folder);
    const { meta, features } = await carto.cadastre.parcelles({
      geom: { type: 'Point', coordinates: [0, 45] },
    });
    expect(features).toEqual([]);
    expect(meta).toMatchObject({
      coverage: 'outside',
      numberMatched: 0,
      requests: 1,
      provenance: [],
    });
  });
});

describe('concurrent questions', () => {
  it('do not disturb each other', async () => {
    const carto = await openCarto(address);
    const ask = () => carto.cadastre.parcelles({ geom: box([4.9, 47.2, 5, 47.3]) });
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(new Set(answers.map(({ features }) => JSON.stringify(features))).size).toBe(1);
  });

  it('are aborted one by one, each with its own reason', async () => {
    const carto = await openCarto(address);
    const [controller, reason] = [new AbortController(), new Error('enough')];
    const aborted = carto.cadastre.parcelles({ limit: 10, signal: controller.signal });
    const other = carto.cadastre.parcelles({ limit: 10 });
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    expect((await other).features).toHaveLength(10);
  });
});
