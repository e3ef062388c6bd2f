import { describe, expect, it } from 'vitest';
import { CartoError, type CartoErrorCode } from '../errors.ts';
import { createApi } from './create-api.ts';
import { failingCarto, requestOf, stubCarto } from './testing/stub.ts';
import type { Mode } from './validate/validate.ts';

const POINT = { type: 'Point', coordinates: [4.9, 47.2] };
const AT = `geom=${encodeURIComponent(JSON.stringify(POINT))}`;

describe('the API', () => {
  it('answers unknown routes and methods as upstream', async () => {
    const api = createApi(failingCarto());
    const response = await api(requestOf('POST', "/api/gpu/all?x=<y>&z='"));
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<pre>Cannot POST /api/gpu/all</pre>');
    const odd = await api(requestOf('GET', "/api/<b>&'"));
    expect(await odd.text()).toContain('<pre>Cannot GET /api/%3Cb%3E&amp;&#39;</pre>');
    const cut = await api(requestOf('GET', '/api/gpu/all%2'));
    expect(await cut.text()).toContain('<pre>Cannot GET /api/gpu/all%252</pre>');
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect((await api(requestOf(method, `/api/gpu/document?${AT}`))).status).toBe(404);
    }
  });

  it('answers a path that is wrongly encoded with a page, as upstream', async () => {
    const path = '/api/codes-postaux/communes/%zz';
    const page = await createApi(failingCarto())(requestOf('GET', path));
    expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    const strict = await createApi(failingCarto(), { mode: 'strict' })(requestOf('GET', path));
    expect(await strict.json()).toEqual({ code: 400, message: `Failed to decode ${path}` });
  });

  it('answers a postal code, and an unknown one in plain text', async () => {
    const row = {
      codePostal: '21000',
      codeCommune: '21231',
      nomCommune: 'Dijon',
      libelleAcheminement: 'DIJON',
    };
    const api = createApi(stubCarto(undefined, [row]).carto);
    const known = await api(requestOf('GET', '/api/codes-postaux/communes/21000'));
    expect(await known.text()).toBe(JSON.stringify([row]));
    const unknown = await api(requestOf('GET', '/api/codes-postaux/communes/21999'));
    expect([unknown.status, await unknown.text()]).toEqual([404, 'Not Found']);
    expect(unknown.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('lets any page ask, and answers what browsers ask before', async () => {
    const api = createApi(stubCarto().carto);
    const preflight = await api(
      new Request('https://carto.test/api/gpu/document', {
        method: 'OPTIONS',
        headers: { 'access-control-request-headers': 'content-type' },
      }),
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const answer = await api(requestOf('GET', `/api/gpu/document?${AT}`));
    for (const { headers } of [preflight, answer])
      expect(headers.get('access-control-allow-origin')).toBe('*');
    const headers = { origin: 'https://page.test' };
    const shared = await api(new Request(`https://carto.test/api/gpu/document?${AT}`, { headers }));
    expect(shared.headers.get('access-control-allow-origin')).toBe('https://page.test');
    expect(shared.headers.get('access-control-allow-credentials')).toBe('true');
    expect(shared.headers.get('vary')).toBe('Origin');
  });

  it('sends no body to HEAD', async () => {
    const response = await createApi(stubCarto().carto)(requestOf('HEAD', `/api/gpu/document?${AT}`));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('refuses a body that is no JSON, or too long, with a page; in the strict mode with a sentence', async () => {
    const headers = { 'content-type': 'application/json' };
    const post = async (body: string, mode: Mode, path = '/api/gpu/document') => {
      const request = new Request(`https://carto.test${path}`, { method: 'POST', headers, body });
      const response = await createApi(failingCarto(), { mode, maxBodyBytes: 100 })(request);
      return [response.status, response.headers.get('content-type'), await response.text()] as const;
    };
    const [html, json] = ['text/html; charset=utf-8', 'application/json; charset=utf-8'];
    const long = JSON.stringify({ a: 'x'.repeat(100) });
    expect(await post('{"geom":', 'compatible')).toEqual([400, html, expect.any(String)]);
    expect(await post('{"geom":', 'compatible', '/api/nope')).toEqual([400, html, expect.any(String)]);
    expect(await post(long, 'compatible')).toEqual([413, html, expect.any(String)]);
    const message = 'The body is not a JSON object.';
    expect(await post('{"geom":', 'strict')).toEqual([400, json, JSON.stringify({ code: 400, message })]);
    expect((await post(long, 'strict'))[0]).toBe(413);
  });
});

describe('three refusals', () => {
  it.each([
    ['/api/cadastre/parcelle?source_ign=XYZ', /^Pour une recherche sur la couche PCI EXPRESS/],
    ['/api/cadastre/commune?_limit=501', /inférieur ou égal à 500\.$/],
    [`/api/aoc/appellation-viticole?apikey=k&source=x&${AT}`, /doit être 'qlf' ou 'prd'$/],
  ])('are a sentence: %s', async (path, sentence) => {
    const response = await createApi(failingCarto())(requestOf('POST', path));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 400, message: expect.stringMatching(sentence) as string });
  });
});

describe('appellations', () => {
  const path = `/api/aoc/appellation-viticole?${AT}`;

  it('want upstream keys by POST, as upstream', async () => {
    const response = await createApi(failingCarto())(requestOf('POST', path));
    const { message } = (await response.json()) as { message: object };
    expect(Object.keys(message)).toEqual(['source', 'apikey']);
  });

  it('want none by GET, and none in the strict mode', async () => {
    const { carto } = stubCarto();
    expect((await createApi(carto)(requestOf('GET', path))).status).toBe(200);
    expect((await createApi(carto, { mode: 'strict' })(requestOf('POST', path))).status).toBe(200);
    expect((await createApi(carto)(requestOf('GET', '/api/aoc/appellation-viticole'))).status).toBe(404);
  });
});

describe('errors of the library', () => {
  async function respond(code: CartoErrorCode, details = {}) {
    const api = createApi(failingCarto(new CartoError(code, 'why', details)));
    const response = await api(requestOf('GET', '/api/gpu/zone-urba?partition=DU_1&gid=x'));
    return { status: response.status, body: (await response.json()) as unknown };
  }

  it('of storage are a 502 with their reason', async () => {
    expect(await respond('HostFault', { file: 'x' })).toEqual({
      status: 502,
      body: { code: 502, message: 'why', reason: 'HostFault', retryable: true, details: { file: 'x' } },
    });
    expect((await respond('CorruptFile')).status).toBe(502);
  });

  it('of cost are a 413 with the cost', async () => {
    const { status, body } = await respond('TooCostly', { bytes: 1e9 });
    expect(status).toBe(413);
    expect(body).toMatchObject({ reason: 'TooCostly', details: { bytes: 1e9 } });
  });

  it('of the question are refusals like any other', async () => {
    const { status, body } = await respond('InvalidQuery', { path: 'gid' });
    expect(status).toBe(400);
    expect(body).toEqual({
      code: 400,
      message: { gid: { type: 'field', value: 'x', msg: 'why', path: 'gid', location: 'query' } },
    });
  });

  it('of one layer are those of all', async () => {
    const api = createApi(failingCarto(new CartoError('Truncated', 'why')));
    expect((await api(requestOf('GET', `/api/gpu/all?${AT}`))).status).toBe(502);
  });

  it('that are none of its own are not answered', async () => {
    const request = requestOf('GET', '/api/gpu/document?partition=DU_1');
    await expect(createApi(failingCarto(new TypeError('a defect')))(request)).rejects.toThrow('a defect');
  });
});

describe('a request that is aborted', () => {
  it('passes its signal on, and rejects with its reason', async () => {
    const controller = new AbortController();
    const { carto, asked } = stubCarto(() => {
      controller.abort(new Error('enough'));
      throw new CartoError('HostFault', 'aborted');
    });
    const request = new Request(`https://carto.test/api/gpu/document?${AT}`, { signal: controller.signal });
    await expect(createApi(carto)(request)).rejects.toThrow('enough');
    expect(asked[0]?.parameters['signal']).toBe(request.signal);
    await expect(createApi(carto)(request)).rejects.toThrow('enough');
  });
});
