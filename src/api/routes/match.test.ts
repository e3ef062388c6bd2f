import { describe, expect, it } from 'vitest';
import { matchRoute, patternsOf } from './match.ts';
import { GPU, ROUTES } from './routes.ts';

const patterns = patternsOf(ROUTES, '/api');

function pathOf(method: string, pathname: string): string | undefined {
  return matchRoute(patterns, method, pathname)?.route.path;
}

describe('routes', () => {
  it('are found whatever their case and a slash at the end', () => {
    for (const pathname of ['/api/gpu/zone-urba', '/API/Gpu/Zone-Urba', '/api/gpu/zone-urba/']) {
      expect(pathOf('GET', pathname)).toBe('/gpu/zone-urba');
    }
  });

  it('answer HEAD where they answer GET', () => {
    expect(pathOf('HEAD', '/api/gpu/all')).toBe('/gpu/all');
    expect(pathOf('POST', '/api/gpu/all')).toBeUndefined();
    expect(pathOf('PUT', '/api/cadastre/parcelle')).toBeUndefined();
  });

  it.each([
    '/',
    '/api',
    '/api/',
    '/api/cadastre/',
    '/api/cadastre/parcelle/1',
    '/api/cadastre/parcelles',
    '/api/codes-postaux/communes/',
    '/api/codes-postaux/communes/06650/1',
    '/apix/gpu/all',
    '/api/gpu//all',
    '/api//gpu/all',
    '/api/gpu/all//',
    '/api/gpu/%61ll',
    '/api/gpu%2Fall',
    '/x/api/gpu/all',
  ])('are no more than those of API Carto: %s', (pathname) => {
    expect(pathOf('GET', pathname)).toBeUndefined();
  });

  it('read what is in the path', () => {
    const params = (path: string) => matchRoute(patterns, 'GET', path)?.params;
    expect(params('/api/codes-postaux/communes/06650%20')).toEqual({ codePostal: '06650 ' });
    for (const wrong of ['%zz', '%', '%E9']) {
      const path = `/api/codes-postaux/communes/${wrong}`;
      expect([params(path), matchRoute(patterns, 'POST', path)?.params]).toEqual([null, null]);
    }
  });

  it('stand under any base', () => {
    const own = patternsOf(ROUTES, '/a.b/c');
    expect(matchRoute(own, 'GET', '/a.b/c/gpu/all')).not.toBeNull();
    expect(matchRoute(own, 'GET', '/aXb/c/gpu/all')).toBeNull();
  });

  it('of town planning stand in the order of /gpu/all', () => {
    expect(GPU.map(({ path }) => path.replace('/gpu/', '')).join(' ')).toBe(
      'municipality document zone-urba secteur-cc prescription-pct prescription-lin prescription-surf info-pct info-surf info-lin acte-sup assiette-sup-p assiette-sup-l assiette-sup-s generateur-sup-p generateur-sup-l generateur-sup-s',
    );
  });
});
