/** The API over a published tree, read by the library. */
import { describe, expect, it } from 'vitest';
import { openCarto } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { POSTAL_ROWS, TERRITORY } from '../testing/territory.ts';
import { buildTree } from '../testing/tree.ts';
import type { Collection } from './answer/envelope.ts';
import { createApi } from './create-api.ts';
import { requestOf } from './testing/stub.ts';

let requests = 0;
const onRequest = () => {
  requests++;
};
const tree = memoryTree(await buildTree(TERRITORY, POSTAL_ROWS));
const carto = await openCarto(tree, { onRequest });
const api = createApi(carto);

async function collectionAt(path: string, body?: unknown): Promise<Collection> {
  const response = await api(requestOf(body === undefined ? 'GET' : 'POST', `/api${path}`, body));
  expect(response.status).toBe(200);
  return (await response.json()) as Collection;
}

const AREA = {
  type: 'Polygon',
  coordinates: [
    [
      [4.9, 47.2],
      [5, 47.2],
      [5, 47.3],
      [4.9, 47.3],
      [4.9, 47.2],
    ],
  ],
};

describe('the API over a tree', () => {
  it('answers a parcel by its parts, as by its identifier', async () => {
    const parts = await collectionAt('/cadastre/parcelle?code_insee=21231&section=AA&numero=0001');
    const { features } = await collectionAt('/cadastre/parcelle?idu=21231000AA0001');
    expect(features).toEqual(parts.features);
    expect(features).toHaveLength(1);
    expect(features[0]).toMatchObject({ geometry: { type: 'MultiPolygon' }, geometry_name: 'geom' });
  });

  it('answers what the library finds at a place', async () => {
    const { features } = await carto.query('cadastre/parcelle', { geom: AREA });
    const collection = await collectionAt('/cadastre/parcelle', { geom: AREA });
    expect(collection.features.map(({ id }) => id)).toEqual(features.map(({ id }) => id));
    expect(collection.numberMatched).toBe(features.length);
    expect(features.length).toBeGreaterThan(0);
  });

  it('pages through a commune', async () => {
    const ids = new Set<string>();
    let path: string | undefined = '/cadastre/parcelle?code_insee=21166&_limit=70&geometry=false';
    while (path !== undefined) {
      const { features, links, numberMatched } = await collectionAt(path);
      expect(numberMatched).toBe(300);
      for (const { id } of features) ids.add(id);
      path = links?.[0]?.href.replace('https://carto.test/api', '');
    }
    expect(ids.size).toBe(300);
  });

  it('answers several communes, categories and values of attributes', async () => {
    const both = await collectionAt('/cadastre/parcelle?code_insee=21231,21166&geometry=false');
    expect(both).toMatchObject({ numberMatched: 900, numberReturned: 900 });
    const categories = await collectionAt('/gpu/assiette-sup-s?categorie=AC1,PM1');
    expect(categories.numberMatched).toBe(40);
    const zones = await collectionAt('/gpu/zone-urba?typezone=U');
    expect(zones.features.every(({ properties }) => properties['typezone'] === 'U')).toBe(true);
    expect(zones.numberMatched).toBeGreaterThan(0);
  });

  it('answers acts by the extents at a place', async () => {
    const acts = await collectionAt(`/gpu/acte-sup?partition=SUP_21_1`);
    expect(acts.numberMatched).toBe(15);
    expect(acts.features[0]?.geometry).toBeNull();
  });

  it('asks the tree nothing for what it refuses', async () => {
    const before = requests;
    for (const path of [
      '/cadastre/parcelle?code_insee=1',
      '/gpu/zone-urba?geom=abc',
      '/gpu/zone-urba?gid=abc',
    ]) {
      expect((await api(requestOf('GET', `/api${path}`))).status).toBe(400);
    }
    expect(requests).toBe(before);
  });

  it('answers postal codes', async () => {
    const response = await api(requestOf('GET', '/api/codes-postaux/communes/21700'));
    expect(await response.json()).toEqual(POSTAL_ROWS.slice(0, 2));
  });
});
