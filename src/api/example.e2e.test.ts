/**
 * The API over the example territory, from its producers' files to answers: every postal
 * code of API Carto's own table, and of every layer what its features are made of.
 */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCarto } from '../node.ts';
import { buildExample, type BuiltExample } from '../testing/example.ts';
import { seededRandom } from '../testing/random.ts';
import type { ApiFeature, Collection } from './answer/envelope.ts';
import { createApi, type Api } from './create-api.ts';
import { ROUTES } from './routes/routes.ts';
import { GEOMETRIES, PROPERTIES } from './testing/properties.ts';
import { requestOf } from './testing/stub.ts';

let example: BuiltExample;
let api: Api;

beforeAll(async () => {
  example = await buildExample();
  api = createApi(await openCarto(example.directory), { maxLimit: 10_000 });
});
afterAll(() => {
  example.remove();
});

/** The package that API Carto answers postal codes from. */
const table = createRequire(import.meta.url)('codes-postaux') as {
  readonly find: (codePostal: string) => readonly object[];
};
const rows = createRequire(import.meta.url)('codes-postaux/codes-postaux.json') as readonly {
  readonly codePostal: string;
}[];
const known = new Set(rows.map(({ codePostal }) => codePostal));

async function postal(code: string): Promise<readonly [status: number, type: string | null, text: string]> {
  const response = await api(requestOf('GET', `/api/codes-postaux/communes/${encodeURIComponent(code)}`));
  return [response.status, response.headers.get('content-type'), await response.text()];
}

describe('postal codes', () => {
  const [json, text] = ['application/json; charset=utf-8', 'text/plain; charset=utf-8'];

  it('are answered to the byte, all of them', async () => {
    expect(known.size).toBeGreaterThan(6000);
    for (const code of known) {
      expect(await postal(code)).toEqual([200, json, JSON.stringify(table.find(code))]);
    }
  });

  it('that do not exist are not found', async () => {
    const random = seededRandom(97);
    const codes = Array.from({ length: 3000 }, () => String(Math.floor(random() * 1e5)).padStart(5, '0'));
    const unknown = codes.filter((code) => !known.has(code));
    expect(unknown.length).toBeGreaterThan(1000);
    for (const code of unknown) expect(await postal(code)).toEqual([404, text, 'Not Found']);
  });

  it('that are none are refused: typed in part, too long, or in other digits', async () => {
    const partial = ['75016', '2A004', '97150'].flatMap((code) => [1, 2, 3, 4].map((n) => code.slice(0, n)));
    const others = '066501 0665O 2A230 ２１０００ ٠٦٦٥٠ é 06650é 06650\u0000 -0665 06.50 null'.split(' ');
    for (const value of [...partial, ...others, '06650 ', ' 06650', '06650\n', '06 50', '%', '<b>']) {
      const fault = {
        type: 'field',
        value,
        msg: 'Code postal invalide',
        path: 'codePostal',
        location: 'params',
      };
      const message = { codePostal: fault };
      expect(await postal(value)).toEqual([400, json, JSON.stringify({ code: 400, message })]);
    }
  });
});

const FRANCE = { type: 'Polygon', coordinates: [[[-10, -30], [60, -30], [60, 55], [-10, 55], [-10, -30]]] }; // prettier-ignore

async function collectionOf(path: string): Promise<Collection> {
  const isPlace = path.startsWith('/aoc');
  const query = isPlace ? '' : `${path.includes('?') ? '&' : '?'}_limit=10000`;
  const body = isPlace ? { geom: FRANCE, source: 'prd', apikey: '-' } : {};
  const response = await api(requestOf('POST', `/api${path}${query}`, body));
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Collection;
}

function typesOf(features: readonly ApiFeature[], name: string): string[] {
  const types = new Set(
    features
      .map(({ properties }) => properties[name])
      .filter((value) => value !== null)
      .map((value) => typeof value),
  );
  return [...types];
}

describe('a feature', () => {
  it('is told of on every route that answers any', () => {
    const told = new Set(Object.keys(PROPERTIES).map((path) => path.split('?')[0]));
    const features = ROUTES.filter(({ kind }) => kind === 'features' || kind === 'appellations');
    expect([...told].sort()).toEqual(features.map(({ path }) => path).sort());
  });

  it.each(Object.keys(PROPERTIES))('of %s has the properties of upstream, in their types', async (path) => {
    const { features } = await collectionOf(path);
    const columns = (PROPERTIES[path] ?? '').split(' ').map((column) => column.split(':'));
    expect(features.length).toBeGreaterThan(0);
    for (const { properties } of features) {
      expect(Object.keys(properties)).toEqual(columns.map(([name]) => name));
    }
    for (const [name = '', type = 'string'] of columns) {
      expect([[type], []], name).toContainEqual(typesOf(features, name));
    }
  });

  it.each(Object.keys(PROPERTIES))('of %s is nested as upstream', async (path) => {
    const { features, crs, bbox, ...counts } = await collectionOf(path);
    const geometry = path in GEOMETRIES ? GEOMETRIES[path] : 'MultiPolygon';
    const name = path.startsWith('/gpu') ? 'the_geom' : 'geom';
    for (const feature of features) {
      const members = [
        'type',
        'id',
        'geometry',
        'geometry_name',
        'properties',
        ...(geometry === null ? [] : ['bbox']),
      ];
      expect(Object.keys(feature)).toEqual(members);
      expect(feature).toMatchObject({
        type: 'Feature',
        geometry_name: name,
        id: expect.stringMatching(/^[\w-]+\./) as string,
      });
      expect(feature.geometry?.type ?? null).toBe(geometry);
    }
    expect(counts).toMatchObject({
      totalFeatures: features.length,
      numberMatched: features.length,
      numberReturned: features.length,
    });
    expect([crs === null, bbox === undefined]).toEqual([geometry === null, geometry === null]);
  });
});
