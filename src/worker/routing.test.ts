import { describe, expect, it } from 'vitest';
import { readConfiguration, writeConfiguration, type Said } from './configuration.ts';
import { routingOf } from './routing.ts';

const ORIGIN = 'https://site.test';
const SCOPE = `${ORIGIN}/maps/`;

const configured = (said: Said = {}) =>
  readConfiguration(writeConfiguration(new URL('sw.js', SCOPE), said).href, SCOPE);

/** Where a `GET` of `url` goes, in a word; or another method. */
function goes(url: string, said: Said = {}, method = 'GET'): string | null {
  const routing = routingOf({ method, url: new URL(url, ORIGIN).href }, configured(said), ORIGIN);
  if (routing === null) return null;
  return routing.to === 'shell' ? routing.file : `${routing.isIgn ? 'ign ' : ''}${routing.base}`;
}

describe('the configuration', () => {
  it('is what was said, through the address of the script', () => {
    const said: Said = {
      tree: 'https://static.test/carto/',
      bases: ['/v1', '/v2/geo'],
      ign: 'always',
      mode: 'strict',
      maxLimit: 5000,
      aliases: `${SCOPE}aliases.json`,
      keepBytes: 1e6,
      checkSeconds: 0.5,
      shell: [SCOPE, `${SCOPE}a&b=c+d.js`],
    };
    // The table is kept with the files of the site.
    expect(configured(said)).toEqual({ ...said, shell: [...(said.shell ?? []), said.aliases] });
    const address = writeConfiguration(new URL('sw.js?v=2', SCOPE), said).href;
    expect(address).toBe(writeConfiguration(new URL('sw.js?v=2', SCOPE), said).href);
    expect(address.startsWith(`${SCOPE}sw.js?v=2&`)).toBe(true);
  });

  it.each([0, 0.5, 1e21, Infinity])('is what was said where that is the number %d', (number) => {
    const said = { maxLimit: number, keepBytes: number, checkSeconds: number };
    expect(configured(said)).toMatchObject(said);
  });

  it('is that of a tree in the scope where nothing was said, or nothing that can be meant', () => {
    const plain = configured();
    expect(plain).toMatchObject({
      tree: SCOPE,
      bases: ['/maps/api', '/api'],
      ign: 'never',
      mode: 'compatible',
      aliases: null,
      shell: [],
    });
    expect(
      readConfiguration(`${SCOPE}sw.js?ign=yes&mode=x&keepBytes=NaN&checkSeconds=-1&maxLimit=+`, SCOPE),
    ).toEqual(plain);
    expect(readConfiguration(`${SCOPE}sw.js?tree=../data`, SCOPE).tree).toBe(`${ORIGIN}/data/`);
    expect(readConfiguration(`${ORIGIN}/sw.js`, `${ORIGIN}/`).bases).toEqual(['/api']);
  });
});

describe('a request of a page', () => {
  it('is answered under the bases, for the routes of API Carto', () => {
    expect(goes('/api/cadastre/parcelle?geom=x')).toBe('/api');
    expect(goes('/maps/api/codes-postaux/communes/21000')).toBe('/maps/api');
    expect(goes('/API/GPU/zone-urba')).toBe('/api');
    expect(goes('/api/aoc/appellation-viticole', {}, 'POST')).toBe('/api');
    expect(goes('/api/gpu/nothing')).toBe('/api');
    expect(goes('/v1/gpu/all', { bases: ['/v1'] })).toBe('/v1');
  });

  it.each([
    ['/api/'],
    ['/api/users'],
    ['/api/gpux/zone-urba'],
    ['/apis/gpu/zone-urba'],
    ['/maps/data/x.0123456789abcdef.idx'],
    ['https://other.test/api/gpu/zone-urba'],
    ['https://apicarto.ign.fr/api/gpu/zone-urba'],
  ])('goes to the network: %s', (url) => {
    expect(goes(url)).toBeNull();
  });

  it('goes to the network by other methods', () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect(goes('/api/gpu/all', { ign: 'always' }, method)).toBeNull();
      expect(goes('https://apicarto.ign.fr/api/gpu/all', { ign: 'always' }, method)).toBeNull();
    }
    expect(goes('/api/gpu/all', {}, 'HEAD')).toBe('/api');
  });

  it('to IGN is answered where the page wants it, for the same modules', () => {
    const [route, other] = ['gpu/all', 'nature/zico'].map((path) => `https://apicarto.ign.fr/api/${path}`);
    for (const ign of ['covered', 'always'] as const) {
      expect(goes(route ?? '', { ign, bases: ['/v1'] })).toBe('ign /api');
      expect(goes(other ?? '', { ign })).toBeNull();
      expect(goes('http://apicarto.ign.fr/api/gpu/all', { ign })).toBeNull();
    }
  });

  it('for a file of the site is answered as such, whatever its query', () => {
    const shell = [SCOPE, `${SCOPE}app.js`];
    expect(goes('/maps/', { shell })).toBe(SCOPE);
    expect(goes('/maps/?at=5,47#x', { shell })).toBe(SCOPE);
    expect(goes('/maps/app.js', { shell })).toBe(`${SCOPE}app.js`);
    expect(goes('/maps/app.js', { shell }, 'POST')).toBeNull();
    expect(goes('/maps/other.js', { shell })).toBeNull();
  });
});
