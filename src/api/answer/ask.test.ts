/** What the library is asked for a request, and what becomes of its answers. */
import { describe, expect, it } from 'vitest';
import { CartoError } from '../../errors.ts';
import { createApi } from '../create-api.ts';
import type { ApiOptions } from '../settings.ts';
import { requestOf, stubCarto, type Asked, type Row, type Rows } from '../testing/stub.ts';
import type { Collection } from './envelope.ts';
import type { CartoSource } from './source.ts';

const RING = [
  [4.9, 47.2],
  [5, 47.2],
  [5, 47.3],
  [4.9, 47.2],
];
const AREA: Row['geometry'] = { type: 'MultiPolygon', coordinates: [[RING]] };

interface Replayed {
  readonly asked: readonly Asked[];
  readonly collection: Collection;
}

async function replay(path: string, rows?: Rows, options?: ApiOptions, body?: unknown): Promise<Replayed> {
  const { carto, asked } = stubCarto(rows);
  const method = body === undefined ? 'GET' : 'POST';
  const response = await createApi(carto, options)(requestOf(method, `/api${path}`, body));
  expect(response.status).toBe(200);
  return { asked, collection: (await response.json()) as Collection };
}

const PAGE = ['start', 'limit', 'geometry', 'signal'];

/** The layer and the filters of each question. */
async function filtersOf(path: string, options?: ApiOptions, body?: unknown): Promise<unknown[]> {
  const { asked } = await replay(path, undefined, options, body);
  return asked.map(({ layer, parameters }) => {
    const filters = Object.entries(parameters).filter(([name]) => !PAGE.includes(name));
    return [layer.split('/')[1], Object.fromEntries(filters)];
  });
}

describe('a question', () => {
  it.each<[string, unknown[]]>([
    [
      '/cadastre/parcelle?code_insee=25349&section=0A&numero=0075',
      [['parcelle', { code_insee: '25349', section: '0A', numero: '0075' }]],
    ],
    ['/cadastre/parcelle?code_dep=25&code_com=349', [['parcelle', { code_insee: '25349' }]]],
    ['/cadastre/parcelle?code_insee=25349&code_dep=99&code_com=000', [['parcelle', { code_insee: '25349' }]]],
    ['/cadastre/parcelle?source_ign=bdp&code_insee=25349', [['parcelle-bdp', { code_insee: '25349' }]]],
    ['/cadastre/division?source_ign=PCI&code_insee=25349', [['division', { code_insee: '25349' }]]],
    ['/cadastre/parcelle?lon=1&lat=2&codeInsee=25349', [['parcelle', {}]]],
    ['/cadastre/commune?code_dep=25', [['commune', { code_dep: '25' }]]],
    ['/gpu/document?partition=DU_25349', [['document', { partition: 'DU_25349' }]]],
    ['/gpu/assiette-sup-s?categorie=AC1', [['assiette-sup-s', { categorie: 'AC1' }]]],
  ])('as upstream reads it: %s', async (path, filters) => {
    expect(await filtersOf(path)).toEqual(filters);
  });

  it.each<[string, unknown[]]>([
    ['/cadastre/parcelle?idu=25349000AA0001', [['parcelle', { idu: '25349000AA0001' }]]],
    [
      '/cadastre/parcelle?source_ign=BDP&idu=25349000AA0001',
      [['parcelle-bdp', { code_insee: '25349', com_abs: '000', section: 'AA', numero: '0001' }]],
    ],
    [
      '/cadastre/parcelle?code_insee=25349,21231&section=0A',
      [
        ['parcelle', { code_insee: '25349', section: '0A' }],
        ['parcelle', { code_insee: '21231', section: '0A' }],
      ],
    ],
    [
      '/gpu/assiette-sup-s?categorie=PM1,PM2',
      [
        ['assiette-sup-s', { categorie: 'PM1' }],
        ['assiette-sup-s', { categorie: 'PM2' }],
      ],
    ],
    ['/cadastre/parcelle?contenance=1012', [['parcelle', { contenance: '1012' }]]],
    ['/gpu/zone-urba?typezone=U&libelle=Ua,b', [['zone-urba', { typezone: 'U', libelle: 'Ua,b' }]]],
    [
      '/aoc/appellation-viticole?geom={"type":"Point","coordinates":[5,47]}&categorie=Vin%20tranquille,%20Vin%20primeur',
      [
        [
          'appellation-viticole',
          {
            categorie: 'Vin tranquille, Vin primeur',
            geom: { type: 'Point', coordinates: [5, 47] },
          },
        ],
      ],
    ],
  ])('beyond upstream: %s', async (path, filters) => {
    expect(await filtersOf(path)).toEqual(filters);
  });

  it.each<[string, unknown[]]>([
    ['/cadastre/commune?code_insee=2a999', [{ code_insee: '2a999' }, { code_insee: '2A004' }]],
    ['/gpu/municipality?insee=49001', [{ insee: '49001' }, { insee: '49050' }]],
    ['/cadastre/commune?code_insee=49001', [{ code_insee: '49001' }, { code_insee: '49050' }]],
    [
      '/cadastre/parcelle?code_insee=49001&section=AB',
      [
        { code_insee: '49001', section: 'AB' },
        { code_insee: '49050', com_abs: '001', section: 'AB' },
      ],
    ],
    [
      '/cadastre/parcelle?code_insee=49001&com_abs=000',
      [
        { code_insee: '49001', com_abs: '000' },
        { code_insee: '49050', com_abs: '001' },
      ],
    ],
    [
      '/cadastre/parcelle?code_dep=49&code_com=001&com_abs=012',
      [
        { code_insee: '49001', com_abs: '012' },
        { code_insee: '49050', com_abs: '012' },
      ],
    ],
    ['/cadastre/parcelle?idu=49001000AB0012', [{ idu: '49001000AB0012' }, { idu: '49050001AB0012' }]],
    ['/cadastre/parcelle?idu=49001012AB0012', [{ idu: '49001012AB0012' }, { idu: '49050012AB0012' }]],
    ['/cadastre/parcelle?code_insee=49050&com_abs=000', [{ code_insee: '49050', com_abs: '000' }]],
  ])(
    'asks for former codes and what stands for them, where the caller says so: %s',
    async (path, filters) => {
      const aliases = { '2A999': ['2A004'], '49001': ['49050001'] };
      const asked = (await filtersOf(path, { aliases })) as [string, unknown][];
      expect(asked.map(([, each]) => each)).toEqual(filters);
    },
  );

  it.each([
    '/cadastre/parcelle?code_com=34&code_dep=25',
    '/cadastre/parcelle?code_insee=25349&numero=00755',
    '/cadastre/parcelle?code_dep=ZZ',
    '/cadastre/parcelle?code_dep=99&code_com=999',
    '/gpu/assiette-sup-s?categorie=',
  ])('that nothing can match is answered unread: %s', async (path) => {
    const { asked, collection } = await replay(path);
    expect(asked).toEqual([]);
    expect(collection).toMatchObject({ features: [], numberMatched: 0, crs: null });
  });

  it('takes a number, or null for nothing, from a body', async () => {
    expect(await filtersOf('/cadastre/parcelle', {}, { contenance: 12, idu: null, code_dep: 25 })).toEqual([
      ['parcelle', { contenance: 12, code_dep: '25' }],
    ]);
  });
});

describe('a page', () => {
  const seven: Rows = () => Array.from({ length: 7 }, (_, gid) => ({ properties: { gid } }));

  it('is of the cap of the route, or less', async () => {
    const limitOf = async (path: string, options?: ApiOptions) =>
      (await replay(path, undefined, options)).asked[0]?.parameters['limit'];
    expect(await limitOf('/cadastre/parcelle?code_insee=25349')).toBe(1000);
    expect(await limitOf('/cadastre/parcelle?_limit=5000')).toBe(1000);
    expect(await limitOf('/cadastre/parcelle?_limit=5000', { maxLimit: 2000 })).toBe(2000);
    expect(await limitOf('/cadastre/commune?code_dep=25')).toBe(500);
    expect(await limitOf('/cadastre/commune?_limit=900', { maxLimit: 2000 })).toBe(900);
    expect(await limitOf('/gpu/zone-urba?partition=DU_1')).toBe(5000);
    expect(await limitOf('/gpu/zone-urba?partition=DU_1&_limit=3&_start=2')).toBe(3);
  });

  it('is followed by the next, until the last', async () => {
    const path = '/cadastre/parcelle?code_insee=25349&_limit=3';
    const gids: unknown[] = [];
    let href: string | undefined = `https://carto.test/api${path}`;
    while (href !== undefined) {
      const { collection } = await replay(href.replace('https://carto.test/api', ''), seven);
      expect(collection.numberMatched).toBe(7);
      gids.push(...collection.features.map(({ properties }) => properties['gid']));
      href = collection.links?.[0]?.href;
    }
    expect(gids).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('links to the same request', async () => {
    const { collection } = await replay('/cadastre/parcelle?_start=1&code_insee=25349&_limit=2', seven);
    const href = 'https://carto.test/api/cadastre/parcelle?_start=3&code_insee=25349&_limit=2';
    expect(collection.links).toEqual([{ title: 'next page', type: 'application/json', rel: 'next', href }]);
    const first = await replay('/cadastre/parcelle?code_insee=25349&_limit=2', seven);
    expect(first.collection.links?.[0]?.href).toMatch(/\?code_insee=25349&_limit=2&_start=2$/);
    const posted = await replay('/cadastre/parcelle', seven, {}, { code_insee: '25349', _limit: 2 });
    expect(posted.collection.links?.[0]?.href).toMatch(/parcelle\?_start=2$/);
  });

  it('goes over lists of values as over one', async () => {
    const path = '/cadastre/parcelle?code_insee=25349,21231&_limit=4&_start=5';
    const { asked, collection } = await replay(path, seven);
    expect(asked.map(({ parameters }) => [parameters['start'], parameters['limit']])).toEqual([
      [5, 4],
      [0, 2],
    ]);
    expect(collection.features.map(({ properties }) => properties['gid'])).toEqual([5, 6, 0, 1]);
    expect(collection).toMatchObject({ numberMatched: 14, numberReturned: 4 });
  });

  it('is counted where the library did not, unless that costs too much', async () => {
    const { carto } = stubCarto(seven);
    const cut: CartoSource['query'] = async (layer, parameters) => {
      const answer = await carto.query(layer, parameters);
      const known = parameters['limit'] === undefined;
      return known ? answer : { ...answer, meta: { ...answer.meta, numberMatched: null } };
    };
    const count = async (own: CartoSource['query']) => {
      const api = createApi({ ...carto, query: own });
      return (await (
        await api(requestOf('GET', '/api/cadastre/parcelle?_limit=2&code_dep=25'))
      ).json()) as Collection;
    };
    expect((await count(cut)).numberMatched).toBe(7);
    const costly: CartoSource['query'] = (layer, parameters) =>
      parameters['limit'] === undefined
        ? Promise.reject(new CartoError('TooCostly', ''))
        : cut(layer, parameters);
    expect((await count(costly)).totalFeatures).toBeNull();
  });
});

describe('geometry', () => {
  const rows: Rows = () => [{ properties: { gid: 1 }, geometry: AREA, bbox: [4.9, 47.2, 5, 47.3] }];

  it('is left out, or a centroid, where that is wanted', async () => {
    const bare = await replay('/cadastre/parcelle?code_dep=21&geometry=false', rows);
    expect(bare.collection.features[0]).toMatchObject({ geometry: null, bbox: [4.9, 47.2, 5, 47.3] });
    const centre = await replay('/cadastre/parcelle?code_dep=21&geometry=centroid', rows);
    expect(centre.collection.features[0]?.geometry).toMatchObject({ type: 'MultiPoint' });
  });
});
