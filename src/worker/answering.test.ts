import { describe, expect, it } from 'vitest';
import type { Aliases } from '../api/index.ts';
import { CartoError } from '../errors.ts';
import { openCarto } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { POSTAL_ROWS, TERRITORY } from '../testing/territory.ts';
import { buildTree } from '../testing/tree.ts';
import { answerForIgn, answerRequest, OFFLINE, type Answering } from './answering.ts';
import { readConfiguration, type Interception } from './configuration.ts';
import type { Edition } from './edition.ts';

const carto = await openCarto(memoryTree(await buildTree(TERRITORY, POSTAL_ROWS)));
const configuration = readConfiguration('https://site.test/sw.js', 'https://site.test/');

function answeringOf(current: () => Edition, aliases: Aliases = {}): Answering {
  const editions = { current: () => Promise.resolve().then(current), expire: () => undefined };
  return { configuration, editions, aliases: () => Promise.resolve(aliases) };
}

const sound = answeringOf(() => ({ carto, outage: null }));

function get(path: string, init?: RequestInit): Request {
  return new Request(`https://site.test/api/${path}`, init);
}

const at = (lon: number, lat: number): string => `geom={"type":"Point","coordinates":[${lon},${lat}]}`;

describe('an answer', () => {
  it('says that the catalogue could not be looked at, and why', async () => {
    const stale = answeringOf(() => ({ carto, outage: 'HostFault' }));
    const response = await answerRequest(get(`gpu/zone-urba?${at(5, 47.25)}`), '/api', stale);
    expect([response.status, response.headers.get(OFFLINE)]).toEqual([200, 'HostFault']);
    expect(response.headers.get('access-control-expose-headers')).toContain(OFFLINE);
    const fresh = await answerRequest(get(`gpu/zone-urba?${at(5, 47.25)}`), '/api', sound);
    expect(fresh.headers.get(OFFLINE)).toBeNull();
  });

  it('is the reason where no tree can be opened', async () => {
    const none = answeringOf(() => {
      throw new CartoError('Offline', 'this device is offline');
    });
    const response = await answerRequest(get('gpu/zone-urba'), '/api', none);
    expect(response.status).toBe(502);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ code: 502, reason: 'Offline', retryable: true });
  });

  it('is a 500 that says what, where the worker itself fails', async () => {
    const broken = answeringOf(() => {
      throw new TypeError('a defect');
    });
    const response = await answerRequest(get('gpu/zone-urba'), '/api', broken);
    expect([response.status, await response.json()]).toEqual([
      500,
      { code: 500, message: 'TypeError: a defect' },
    ]);
  });

  it('knows former codes by the table that the page gives', async () => {
    const former = answeringOf(() => ({ carto, outage: null }), { '21001': ['21231'] });
    const path = 'cadastre/commune?code_insee=21001';
    const ask = async (answering: Answering): Promise<unknown> =>
      (await answerRequest(get(path), '/api', answering)).json();
    const [without, found] = await Promise.all([ask(sound), ask(former)]);
    expect(without).toMatchObject({ numberReturned: 0 });
    expect(found).toMatchObject({ features: [{ properties: { code_insee: '21231' } }] });
  });

  it('is none where the page has gone', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    const asked = answerRequest(get('gpu/zone-urba', { signal }), '/api', sound);
    await expect(asked).rejects.toThrow('gone');
  });

  it('reads the body of requests that show no stream, as in Firefox', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = '{"code_insee":"21231","section":"AA"}';
    const request = get('cadastre/parcelle', { method: 'POST', headers, body });
    Object.defineProperty(request, 'body', { value: undefined });
    const response = await answerRequest(request, '/api', sound);
    const { features } = (await response.json()) as { features: unknown[] };
    expect(features.length).toBeGreaterThan(0);
    expect(features.length).toBeLessThan(900);
  });
});

describe('a request to IGN', () => {
  /** Whether IGN answers it, and with which body it was asked. */
  async function who(path: string, ign: Interception, init?: RequestInit): Promise<[boolean, string]> {
    const bodies: string[] = [];
    const ours = (request: Request) => answerRequest(request, '/api', sound);
    const network = async (request: Request): Promise<Response> => {
      bodies.push(await request.text());
      return new Response('IGN');
    };
    await answerForIgn(get(path, init), ours, ign, network);
    return [bodies.length > 0, bodies.join()];
  }

  it.each([
    ['a place that is covered', `gpu/zone-urba?${at(5, 47.25)}`, false],
    ['a place that is covered, with nothing there', `cadastre/localisant?${at(5.0001, 47.2501)}`, false],
    ['a place elsewhere', `gpu/zone-urba?${at(0, 45)}`, true],
    ['a commune of a département that is published', 'cadastre/parcelle?code_insee=21231&_limit=1', false],
    ['a commune of another', 'cadastre/parcelle?code_insee=33063', true],
    ['a document that the tree holds', 'gpu/zone-urba?partition=DU_21231', false],
    ['a document that it does not hold', 'gpu/zone-urba?partition=DU_33063', true],
    ['a layer that it does not hold', 'gpu/document?partition=DU_21231', true],
    ['a postal code of its tables', 'codes-postaux/communes/21700', false],
    ['a postal code of others', 'codes-postaux/communes/33000', true],
    ['what upstream refuses', 'codes-postaux/communes/x', false],
    ['what is no route', 'gpu/nothing', false],
  ])('is answered by whom it may concern: %s', async (_, path, isIgn) => {
    expect(await who(path, 'covered')).toEqual([isIgn, '']);
    expect(await who(path, 'always')).toEqual([false, '']);
  });

  it('goes there as the page sent it', async () => {
    const body = '{"geom":{"type":"Point","coordinates":[0,45]}}';
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    expect(await who('gpu/zone-urba', 'covered', init)).toEqual([true, body]);
  });
});
