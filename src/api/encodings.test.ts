/** One question, however callers write it, is one question: on every route that takes a place. */
import { describe, expect, it } from 'vitest';
import { createApi } from './create-api.ts';
import type { ApiRequest } from './read/body.ts';
import { ROUTES, type Route } from './routes/routes.ts';
import { stubCarto, type Asked, type Rows } from './testing/stub.ts';

const POINT = { type: 'Point', coordinates: [-4.3439999999999989, 47.8] };
const TEXT = JSON.stringify(POINT);
const SPACED = '{"type": "Point", "coordinates": [-4.3439999999999989, 47.8]}';
const ENCODED = encodeURIComponent(TEXT);
/** What upstream wants for appellations, and ignores elsewhere. */
const KEYS = 'source=prd&apikey=k';
const KEYS_IN_BODY = { source: 'prd', apikey: 'k' };

type Write = (address: string) => ApiRequest;

const get =
  (query: string): Write =>
  (address) =>
    new Request(`${address}?${query}&${KEYS}`);

const send =
  (body: BodyInit | null, query: string, headers: Record<string, string> = {}): Write =>
  (address) =>
    new Request(address + query, { method: 'POST', headers, body });

function post(body: unknown, query = ''): Write {
  return send(JSON.stringify(body), query, { 'content-type': 'application/json' });
}

/** As a server passes it on: no `Request` has a body with a GET. */
const getWithBody =
  (content: unknown, query = ''): Write =>
  (address) => {
    const { headers, body, url } = post(content, query)(address);
    return { method: 'GET', url, headers, body };
  };

const [encoded, spaced] = [`geom=${ENCODED}`, `geom=${encodeURIComponent(SPACED)}`];
const fields = new URLSearchParams({ geom: TEXT, categorie: 'AC1', ...KEYS_IN_BODY });

const WAYS: Readonly<Record<string, Write>> = {
  'percent-encoded': get(`${encoded}&categorie=AC1`),
  'raw JSON': get(`geom=${TEXT}&categorie=AC1`),
  'half-encoded': get(`geom=${TEXT.replace(/"/g, '%22')}&categorie=AC1`),
  'brackets encoded alone': get(`geom=${TEXT.replace(/\[/g, '%5B').replace(/\]/g, '%5D')}&categorie=AC1`),
  'spaces percent-encoded': get(`${spaced}&categorie=AC1`),
  '+ for spaces': get(`${spaced.replace(/%20/g, '+')}&categorie=AC1`),
  'POST with a query string': send(null, `?${encoded}&categorie=AC1&${KEYS}`),
  'POST with a query string and an empty body': send('', `?${encoded}&categorie=AC1&${KEYS}`, {
    'content-type': 'application/json',
  }),
  'POST with an object': post({ geom: POINT, categorie: 'AC1', ...KEYS_IN_BODY }),
  'POST with a text': post({ geom: SPACED, categorie: 'AC1', ...KEYS_IN_BODY }),
  'query and body': post({ geom: POINT }, `?categorie=AC1&${KEYS}`),
  'both, the query string winning': post({ geom: POINT, categorie: 'PM1' }, `?categorie=AC1&${KEYS}`),
  'GET with a body': getWithBody({ geom: POINT, categorie: 'AC1' }),
  'GET with a query string and a body': getWithBody({ geom: POINT }, '?categorie=AC1'),
  'a form': send(fields, ''),
  'unknown parameters': get(`lon=1&codeInsee=29158&${encoded}&categorie=AC1&toto=`),
};

const BASE = 'https://carto.test/api';
const rows: Rows = ({ layer }) => [{ properties: { partition: 'SUP_1', layer } }];

/** The questions, without what each request has of its own, and the answer without its time. */
async function outcomeOf({ path }: Route, way: Write): Promise<readonly [Asked[], string]> {
  const { carto, asked } = stubCarto(rows);
  const response = await createApi(carto)(way(BASE + path));
  expect(response.status).toBe(200);
  const questions = asked.map(({ layer, parameters: { signal, ...parameters } }) => {
    expect(signal === undefined || signal instanceof AbortSignal).toBe(true);
    return { layer, parameters };
  });
  return [questions, (await response.text()).replace(/"timeStamp":"[^"]*"/g, '')];
}

const placed = ROUTES.filter(({ parameters }) => parameters.some(({ name }) => name === 'geom'));

describe.each(placed)('one question of $path', (route) => {
  const ways = Object.entries(WAYS).filter(
    ([name]) => route.methods.includes('POST') || !/POST|form|query and body|both/.test(name),
  );

  it.each(ways)('%s', async (_, way) => {
    const [[first, ...rest], answer] = await outcomeOf(route, way);
    const expected = await outcomeOf(route, get(`${encoded}&categorie=AC1`));
    expect([[first, ...rest], answer]).toEqual(expected);
    expect(first?.parameters['geom']).toEqual(POINT);
    if (/assiette|generateur/.test(route.path)) expect(first?.parameters['categorie']).toBe('AC1');
  });
});
