/** What upstream cannot answer, answered from a tree by the routes of upstream. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openCarto, type Carto } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { everyLayer, PLACE } from '../testing/every-layer.ts';
import { buildTree, type TestLayer } from '../testing/tree.ts';
import type { ApiFeature, Collection } from './answer/envelope.ts';
import { createApi } from './create-api.ts';
import type { ApiOptions } from './settings.ts';
import { requestOf } from './testing/stub.ts';

const COUNT = 12;
const layers = everyLayer(COUNT);

/** The layer with its first feature once more, in another place of the cadastre. */
function also(name: string, partition: string, changes: Readonly<Record<string, string>>): TestLayer {
  const layer = layers[name] as TestLayer;
  const [own, features] = Object.entries(layer.partitions)[0] ?? ['', []];
  const moved = features
    .slice(0, 1)
    .map(({ properties, geometry }) => ({ geometry, properties: { ...properties, ...changes } }));
  return { ...layer, partitions: { [own]: features, [partition]: moved } };
}

const PARIS = {
  code_dep: '75',
  code_com: '056',
  code_arr: '107',
  code_insee: '75056',
  idu: '75107000AB0090',
};
const MERGED = {
  code_dep: '49',
  code_com: '050',
  com_abs: '001',
  code_insee: '49050',
  idu: '49050001AB0090',
};

let carto: Carto;
beforeAll(async () => {
  const parcelles = also('cadastre/parcelle', '75', PARIS);
  const [merged = []] = Object.values(also('cadastre/parcelle', '49', MERGED).partitions).slice(1);
  const tree = {
    ...layers,
    'cadastre/parcelle': { ...parcelles, partitions: { ...parcelles.partitions, 49: merged } },
    'cadastre/commune': also('cadastre/commune', '75', { code_dep: '75', code_insee: '75107' }),
  };
  carto = await openCarto(memoryTree(await buildTree(tree)));
});

async function ask(path: string, body?: unknown, options?: ApiOptions): Promise<Collection> {
  const api = createApi(carto, options);
  const response = await api(requestOf(body === undefined ? 'GET' : 'POST', `/api${path}`, body));
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Collection;
}

function values(features: readonly ApiFeature[], name: string): unknown[] {
  return features.map(({ properties }) => properties[name]);
}

const POINT = { type: 'Point', coordinates: PLACE };
const AT = `geom=${encodeURIComponent(JSON.stringify(POINT))}`;

describe('pages', () => {
  it.each([
    '/gpu/zone-urba?partition=DU_21906',
    `/gpu/prescription-pct?${AT}`,
    `/aoc/appellation-viticole?${AT}`,
    '/cadastre/feuille?code_insee=21906',
  ])('lead from one to the next: %s', async (first) => {
    const ids = new Set<string>();
    let path: string | undefined = `${first}&_limit=5`;
    for (let pages = 0; path !== undefined; pages++) {
      const { features, links, numberMatched }: Collection = await ask(path);
      expect([numberMatched, pages < 3]).toEqual([COUNT, true]);
      for (const { id } of features) ids.add(id);
      path = links?.[0]?.href.replace('https://carto.test/api', '');
    }
    expect(ids.size).toBe(COUNT);
  });

  it('are as long as the ceiling lets them be', async () => {
    const limit = '/cadastre/commune?code_dep=21&_limit=1200';
    expect((await ask(limit, undefined, { maxLimit: 2000 })).numberReturned).toBe(COUNT);
    expect((await createApi(carto)(requestOf('GET', `/api${limit}`))).status).toBe(400);
  });
});

describe('places', () => {
  const [x, y] = PLACE;
  it.each<[string, unknown]>([
    ['a MultiPoint', { type: 'MultiPoint', coordinates: [PLACE, [5.2, 47.2]] }],
    [
      'a GeometryCollection',
      { type: 'GeometryCollection', geometries: [POINT, { type: 'Point', coordinates: [5.2, 47.2] }] },
    ],
    ['a Feature', { type: 'Feature', properties: {}, geometry: POINT }],
    [
      'a FeatureCollection',
      { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: POINT }] },
    ],
    [
      'a MultiLineString',
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [x, y],
            [x + 1, y],
          ],
        ],
      },
    ],
  ])('may be %s', async (_, geom) => {
    expect((await ask('/gpu/zone-urba', { geom })).numberMatched).toBe(COUNT);
  });

  it('may have a hundred thousand vertices', async () => {
    const vertices = Array.from({ length: 100_000 }, (__, i) => {
      const angle = (i / 100_000) * 2 * Math.PI;
      return [x + 0.05 * Math.cos(angle), y + 0.05 * Math.sin(angle)];
    });
    const geom = { type: 'Polygon', coordinates: [[...vertices, vertices[0]]] };
    const { numberMatched } = await ask('/cadastre/parcelle', { geom, geometry: false });
    expect(numberMatched).toBe(COUNT + 2);
  });
});

describe('parcels', () => {
  it('are found by their identifier, and by several', async () => {
    const { features } = await ask('/cadastre/parcelle?idu=21906000AB0094,21906000AB0095');
    expect(values(features, 'numero')).toEqual(['0094', '0095']);
    const bdp = await ask('/cadastre/parcelle?source_ign=BDP&idu=21906000AB0094');
    expect(values(bdp.features, 'numero')).toEqual(['0094']);
  });

  it.each([
    ['/cadastre/parcelle?code_insee=75107', PARIS.idu],
    ['/cadastre/parcelle?code_insee=75056', PARIS.idu],
    ['/cadastre/parcelle?code_insee=75056&code_arr=107', PARIS.idu],
    ['/cadastre/parcelle?code_dep=75&code_com=107', PARIS.idu],
    [`/cadastre/parcelle?idu=${PARIS.idu}`, PARIS.idu],
  ])('of Paris, by either code: %s', async (path, idu) => {
    expect(values((await ask(path)).features, 'idu')).toEqual([idu]);
  });

  it('of Paris lie in communes that are asked for by the parent', async () => {
    const { features } = await ask('/cadastre/commune?code_insee=75056');
    expect(values(features, 'code_insee')).toEqual(['75107']);
  });

  it.each([
    'code_insee=49001',
    'code_insee=49001&section=AB&numero=0090',
    'code_insee=49001&com_abs=000',
    'idu=49001000AB0090',
  ])('of former communes, by the code and the number that they had: %s', async (query) => {
    const path = `/cadastre/parcelle?${query}`;
    expect((await ask(path)).features).toEqual([]);
    const { features } = await ask(path, undefined, { aliases: { '49001': ['49050001'] } });
    expect(values(features, 'idu')).toEqual([MERGED.idu]);
  });

  it('have a centre, and so have communes', async () => {
    for (const path of [
      '/cadastre/parcelle?idu=21906000AB0094&geometry=centroid',
      '/cadastre/commune?code_insee=75107&geometry=centroid',
    ]) {
      const { features } = await ask(path);
      expect(features[0]?.geometry).toEqual({ type: 'MultiPoint', coordinates: [[...PLACE]] });
    }
  });
});

describe('town planning', () => {
  it('has several categories at once, and any attribute', async () => {
    expect((await ask('/gpu/assiette-sup-s?categorie=PM1,AC1')).numberMatched).toBe(COUNT);
    expect((await ask('/gpu/zone-urba?typezone=U&gid=3')).numberMatched).toBe(1);
    expect((await ask('/gpu/municipality?is_rnu=true')).numberMatched).toBe(COUNT / 2);
    expect((await ask('/gpu/zone-urba?typezone=N')).numberMatched).toBe(0);
  });

  it('has the document of a commune, and the acts of the servitudes at a place', async () => {
    expect(values((await ask('/gpu/document?insee=21906')).features, 'partition')).toContain('DU_21906');
    const acts = await ask(`/gpu/acte-sup?${AT}`);
    expect([acts.numberMatched, acts.features[0]?.geometry]).toEqual([COUNT, null]);
  });
});

describe('answers', () => {
  it('come without geometries', async () => {
    const { features } = await ask(`/cadastre/parcelle?${AT}&geometry=false`);
    expect(features).toHaveLength(COUNT + 2);
    for (const { geometry, bbox } of features) expect([geometry, bbox?.length]).toEqual([null, 4]);
  });

  it('of appellations need no key by GET', async () => {
    const { features } = await ask(`/aoc/appellation-viticole?${AT}`);
    expect(values(features, 'contains')).toEqual(Array.from({ length: COUNT }, () => false));
  });
});

describe('a tree that lacks layers', () => {
  const lacking = ['gpu/assiette-sup-p', 'gpu/secteur-cc'];
  const open = async (without: (layer: string) => boolean) => {
    const own = Object.entries(layers).filter(([layer]) => !without(layer));
    return openCarto(memoryTree(await buildTree(Object.fromEntries(own))));
  };

  it('answers all that it has at a place, and says that it is not all', async () => {
    const api = createApi(await open((layer) => lacking.includes(layer)));
    const response = await api(requestOf('GET', `/api/gpu/all?${AT}`));
    expect(response.headers.get('x-carto-coverage')).toBe('partial');
    const collections = (await response.json()) as (Collection & { readonly featureType: string })[];
    const empty = collections.filter(({ numberMatched }) => numberMatched === 0);
    expect(empty.map(({ featureType }) => `gpu/${featureType}`).sort()).toEqual(lacking);
    expect((await api(requestOf('GET', `/api/gpu/acte-sup?${AT}`))).status).toBe(200);
  });

  it('says so where nothing else is asked, in the strict mode, and where it has none', async () => {
    const some = await open((layer) => lacking.includes(layer));
    const none = await open((layer) => layer.startsWith('gpu/'));
    for (const [path, answering] of [
      ['/gpu/secteur-cc', createApi(some)],
      ['/gpu/all', createApi(some, { mode: 'strict' })],
      ['/gpu/all', createApi(none)],
    ] as const) {
      const response = await answering(requestOf('GET', `/api${path}?${AT}`));
      expect(response.status).toBe(501);
      expect(await response.json()).toMatchObject({ code: 501, reason: 'UnknownLayer' });
    }
  });
});
