import { describe, expect, it } from 'vitest';
import { createApi } from '../create-api.ts';
import { failingCarto, requestOf, stubCarto } from '../testing/stub.ts';

const PLACE = `geom=${encodeURIComponent('{"type":"Point","coordinates":[4.95,47.25]}')}`;
const strict = createApi(failingCarto(), { mode: 'strict' });

async function messagesOf(path: string): Promise<unknown> {
  const response = await strict(requestOf('GET', `/api${path}`));
  expect(response.status).toBe(400);
  const { message } = (await response.json()) as { message: string | Record<string, { msg: string }> };
  if (typeof message === 'string') return message;
  return Object.fromEntries(Object.entries(message).map(([name, { msg }]) => [name, msg]));
}

describe('the strict mode', () => {
  it.each<[string, unknown]>([
    ['/cadastre/parcelle?codeInsee=25349', { codeInsee: 'unknown parameter; did you mean code_insee?' }],
    ['/gpu/zone-urba?code_insee=25349', { code_insee: 'unknown parameter; did you mean insee?' }],
    [
      '/cadastre/parcelle?code_insee=25349&code_dep=21&code_com=1',
      {
        code_dep: 'not the département of code_insee 25349',
        code_com: 'Code commune invalide',
      },
    ],
    [
      '/cadastre/parcelle?code_insee=25349&numero=00755',
      { numero: 'expected exactly 4 characters, padded with 0: 0075' },
    ],
    [`/gpu/document?insee=25349&${PLACE}`, { insee: 'give either a commune or geom, not both' }],
    ['/cadastre/feuille?code_insee=25349&source_ign=BDP', { source_ign: 'this layer is of PCI only' }],
    [
      '/cadastre/parcelle?dep=25',
      { dep: expect.stringContaining('a été remplacé par "code_dep"') as string },
    ],
    ['/cadastre/parcelle?_limit=5', expect.stringMatching(/^Nothing narrows the question/)],
    ['/gpu/all', expect.stringMatching(/^Nothing narrows the question/)],
  ])('refuses %s', async (path, messages) => {
    expect(await messagesOf(path)).toEqual(messages);
  });

  it('names what a layer knows where nothing is near', async () => {
    expect(await messagesOf(`/gpu/all?${PLACE}&xyz=1`)).toEqual({ xyz: 'unknown parameter; expected geom' });
  });

  it('tells all that is wrong at once', async () => {
    const messages = await messagesOf('/cadastre/parcelle?section=ABC&_limit=1.5&lon=5&geometry=none');
    expect(Object.keys(messages as object).sort()).toEqual(['_limit', 'geometry', 'lon', 'section']);
  });

  it('tells what lies outside of the tree from what is not there', async () => {
    const { carto } = stubCarto();
    const outside: typeof carto = {
      ...carto,
      query: async (layer, parameters) => {
        const answer = await carto.query(layer, parameters);
        return { ...answer, meta: { ...answer.meta, coverage: 'outside' } };
      },
    };
    const request = () => requestOf('GET', `/api/gpu/zone-urba?${PLACE}`);
    const refused = await createApi(outside, { mode: 'strict' })(request());
    expect(refused.status).toBe(501);
    expect(await refused.json()).toMatchObject({ code: 501, reason: 'OutsideCoverage' });
    const answered = await createApi(outside)(request());
    expect([answered.status, answered.headers.get('x-carto-coverage')]).toEqual([200, 'outside']);
  });

  it('answers what the compatible mode does otherwise', async () => {
    const { carto, asked } = stubCarto();
    const api = createApi(carto, { mode: 'strict' });
    for (const path of [
      '/cadastre/parcelle?code_insee=2a004&section=0a&numero=0001',
      `/gpu/all?${PLACE}`,
      '/gpu/zone-urba?typezone=U&_limit=3&geometry=false',
      '/codes-postaux/communes/21000',
    ]) {
      expect([200, 404]).toContain((await api(requestOf('GET', `/api${path}`))).status);
    }
    expect(asked.length).toBeGreaterThan(10);
  });
});

describe('the compatible mode', () => {
  it('ignores what it does not know, and answers questions that nothing narrows', async () => {
    const { carto, asked } = stubCarto();
    const response = await createApi(carto)(requestOf('GET', '/api/cadastre/parcelle?lon=5&lat=47&_limit=1'));
    expect(response.status).toBe(200);
    expect(asked[0]?.parameters).toMatchObject({ start: 0, limit: 1 });
  });

  it('refuses what can be no question, when upstream has nothing to say', async () => {
    const api = createApi(failingCarto());
    const names = async (path: string) => {
      const { message } = (await (await api(requestOf('GET', `/api${path}`))).json()) as { message: object };
      return Object.keys(message);
    };
    const swapped = encodeURIComponent('{"type":"Point","coordinates":[47.25,4.95]}');
    expect(await names(`/cadastre/parcelle?geom=${swapped}&_limit=-1`)).toEqual(['geom', '_limit']);
    expect(await names('/cadastre/commune?_limit=1&_limit=2&_start=3&_start=4')).toEqual([
      '_limit',
      '_start',
    ]);
    expect(await names(`/cadastre/parcelle?geom=${swapped}&section=A`)).toEqual(['section']);
    expect(await names('/cadastre/parcelle?idu=123')).toEqual(['idu']);
    expect(await names('/gpu/zone-urba?partition=DU_1&geometry=no')).toEqual(['geometry']);
  });

  it('takes what upstream does not know, and is empty, for not given; the strict one does not', async () => {
    const { carto, asked } = stubCarto();
    const path = '/gpu/document?partition=DU_1&_limit=&_start=&geometry=&insee=&du_type=';
    expect((await createApi(carto)(requestOf('GET', `/api${path}`))).status).toBe(200);
    expect(asked[0]?.parameters).toMatchObject({ partition: 'DU_1', start: 0, limit: 5000, geometry: true });
    expect(asked[0]?.parameters).not.toHaveProperty('du_type');
    const wrong = 'expected a value';
    const names = ['_limit', '_start', 'geometry', 'insee', 'du_type'];
    expect(await messagesOf(path)).toEqual(Object.fromEntries(names.map((name) => [name, wrong])));
  });

  it('asks nothing about texts that are not UTF-8: they would be found nowhere', async () => {
    const api = createApi(failingCarto());
    for (const path of ['/cadastre/commune?nom_com=Ch%E2lons', '/gpu/zone-urba?partition=DU_1&libelle=%E9']) {
      const response = await api(requestOf('GET', `/api${path}`));
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('expected UTF-8');
    }
  });
});
