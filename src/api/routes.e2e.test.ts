/**
 * docs/routes.md is true: each request on it and the call beside it answer the same, every
 * route and method is there, and so is every parameter.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { isCartoError, openCarto, type Answer, type Carto } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { everyLayer } from '../testing/every-layer.ts';
import { buildTree } from '../testing/tree.ts';
import type { Collection } from './answer/envelope.ts';
import { createApi } from './create-api.ts';
import { ROUTES } from './routes/routes.ts';
import { requestOf } from './testing/stub.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/routes.md', import.meta.url)), 'utf8');

interface Pair {
  readonly request: string;
  readonly call: string;
}

const pairs: readonly Pair[] = [...page.matchAll(/^\/\/ (\/api\/.*)\n(?:await )([^;]+);$/gm)].map(
  ([, request = '', call = '']) => ({ request, call }),
);

let carto: Carto;
beforeAll(async () => {
  const rows = createRequire(import.meta.url)('codes-postaux/codes-postaux.json') as { codePostal: string }[];
  const some = rows.filter(({ codePostal }) => codePostal.startsWith('29'));
  carto = await openCarto(memoryTree(await buildTree(everyLayer(12), some)));
});

type Rows = Answer | readonly unknown[];

/** What the code of a call gives, `carto` being what it is on the page. */
function run(call: string): Promise<Rows> {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the documentation is ours
  return (new Function('carto', `return ${call}`) as (carto: Carto) => Promise<Rows>)(carto);
}

/** What the route computes from the place is not in the data. */
const COMPUTED = ['contains', 'area'];

describe('the page of routes', () => {
  it('has a request and a call for each route', () => {
    const shown = pairs.map(({ request }) => request.replace(/^\/api|[?].*$/g, ''));
    for (const { path, kind } of ROUTES) {
      const start = path.replace(/\{.*/, '');
      if (kind === 'everything') expect(page).toContain(`/api${path}?geom=`);
      else expect(shown.some((request) => request.startsWith(start))).toBe(true);
    }
  });

  it('names every method, and every parameter of every route', () => {
    for (const module of ['aoc', 'cadastre', 'gpu'] as const) {
      for (const method of Object.keys(carto[module])) expect(page).toContain(`carto.${module}.${method}(`);
    }
    const names = ROUTES.flatMap(({ parameters, beyond }) => [...parameters, ...beyond]);
    for (const { name, isFormer } of names) {
      if (isFormer !== true) expect(page).toMatch(new RegExp(`^\\| .*\`${name}[\`=]`, 'm'));
    }
  });

  it('says which calls `/gpu/all` is: those that take a place', async () => {
    const geom = { type: 'Point', coordinates: [4.985, 47.05] } as const;
    const outcomes = Object.keys(carto.gpu).map(async (method) => {
      const outcome = run(`carto.gpu.${method}({ geom: ${JSON.stringify(geom)} })`);
      return outcome.then(
        () => [],
        (error: unknown) => (isCartoError(error, 'InvalidQuery') ? [method] : Promise.reject(error as Error)),
      );
    });
    const refused = (await Promise.all(outcomes)).flat();
    expect(refused).toHaveLength(1);
    for (const method of refused) expect(page).toContain(`\`carto.gpu.${method}({ geom })\` is refused`);
  });

  it.each(pairs)('is right about $request', async ({ request, call }) => {
    const response = await createApi(carto)(requestOf('GET', request));
    const answered = (await response.json()) as Collection | readonly unknown[];
    const given = await run(call);
    expect(response.status).toBe(200);
    if (!('features' in given) || !('features' in answered)) {
      expect(given).toEqual(answered);
      expect(given).not.toHaveLength(0);
      return;
    }
    const features = answered.features.map(({ type, id, geometry, properties, bbox }) => {
      const own = Object.entries(properties).filter(([name]) => !COMPUTED.includes(name));
      return { type, id, geometry, properties: Object.fromEntries(own), ...(bbox && { bbox }) };
    });
    expect(given.features).toEqual(features);
    expect(given.meta.numberReturned).toBe(answered.numberReturned);
    expect(features.length > 0 || request.includes('DU_21905')).toBe(true);
  });
});
