/** One question, however callers write it, is one question. */
import { describe, expect, it } from 'vitest';
import { createApi } from './create-api.ts';
import type { ApiRequest } from './read/body.ts';
import { stubCarto } from './testing/stub.ts';

const PATH = 'https://carto.test/api/gpu/assiette-sup-s';
const POINT = { type: 'Point', coordinates: [-4.3439999999999989, 47.8] };
const TEXT = JSON.stringify(POINT);
const SPACED = '{"type": "Point", "coordinates": [-4.3439999999999989, 47.8]}';
const ENCODED = encodeURIComponent(TEXT);

function get(query: string): Request {
  return new Request(`${PATH}?${query}`);
}

function post(body: unknown, query = ''): Request {
  const headers = { 'content-type': 'application/json' };
  return new Request(PATH + query, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** As a server passes it on: no `Request` has a body with a GET. */
function getWithBody(body: unknown): ApiRequest {
  const { headers, body: stream } = post(body);
  return { method: 'GET', url: PATH, headers, body: stream };
}

const form = new Request(PATH, {
  method: 'POST',
  body: new URLSearchParams({ geom: TEXT, categorie: 'AC1' }),
});

const REQUESTS: readonly (readonly [string, ApiRequest])[] = [
  ['percent-encoded', get(`geom=${ENCODED}&categorie=AC1`)],
  ['raw JSON', get(`geom=${TEXT}&categorie=AC1`)],
  ['half-encoded', get(`geom=${TEXT.replace(/"/g, '%22')}&categorie=AC1`)],
  ['brackets encoded alone', get(`geom=${TEXT.replace(/\[/g, '%5B').replace(/\]/g, '%5D')}&categorie=AC1`)],
  ['+ for spaces', get(`geom=${encodeURIComponent(SPACED).replace(/%20/g, '+')}&categorie=AC1`)],
  ['POST with a query string', new Request(`${PATH}?geom=${ENCODED}&categorie=AC1`, { method: 'POST' })],
  ['POST with an object', post({ geom: POINT, categorie: 'AC1' })],
  ['POST with a text', post({ geom: SPACED, categorie: 'AC1' })],
  ['query and body', post({ geom: POINT }, '?categorie=AC1')],
  ['both, the query string winning', post({ geom: POINT, categorie: 'PM1' }, '?categorie=AC1')],
  ['GET with a body', getWithBody({ geom: POINT, categorie: 'AC1' })],
  ['a form', form],
  ['unknown parameters', get(`lon=1&geom=${ENCODED}&categorie=AC1&insee=29158&toto=`)],
];

describe('one question', () => {
  it.each(REQUESTS)('%s', async (_, request) => {
    const { carto, asked } = stubCarto();
    expect((await createApi(carto)(request)).status).toBe(200);
    expect(asked).toHaveLength(1);
    const { signal: ignored, ...parameters } = asked[0]?.parameters ?? {};
    expect(ignored === undefined || ignored instanceof AbortSignal).toBe(true);
    expect(parameters).toEqual({ geom: POINT, categorie: 'AC1', start: 0, limit: 5000, geometry: true });
  });
});
