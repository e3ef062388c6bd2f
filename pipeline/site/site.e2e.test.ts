/**
 * The site of the example territory: its description is valid and true, its pages work in
 * Chromium on a host that does nothing but serve files.
 */
import { setMaxListeners } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, type Api } from '../../src/api/index.ts';
import { openCarto } from '../../src/node.ts';
import { build } from '../build/build.ts';
import { createStaticHost } from '../cli/serve/static-host.ts';
import { writeExample } from '../example/index.ts';
import { makeSite } from './site.ts';

/** Debian's, or the one that playwright-core installs. */
const executable = ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path));
if (executable === undefined) process.stdout.write('skipped: no Chromium; make setup installs it\n');

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly example?: unknown;
  readonly content?: Readonly<Record<string, { readonly example?: unknown }>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
}

interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const root = mkdtempSync(join(tmpdir(), 'carto-site-'));
const directory = join(root, 'dist');
let server: Server;
let address = '';
let document: Document;

beforeAll(async () => {
  const { sources } = await writeExample(join(root, 'example'));
  await build({ sources, directory, work: join(root, 'work'), site: makeSite });
  document = JSON.parse(readFileSync(join(directory, 'openapi.json'), 'utf8')) as Document;
  server = await createStaticHost(directory);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true });
});

/** The request that an example of the document is. */
function requestOf(path: string, method: string, operation: Operation): Request {
  const query = new URLSearchParams();
  let place = path;
  for (const { name, in: where, example, content } of operation.parameters ?? []) {
    const value = content?.['application/json']?.example ?? example;
    if (value === undefined) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (where === 'path') place = place.replace(`{${name}}`, text);
    else query.set(name, text);
  }
  const body = operation.requestBody?.content['application/json']?.example;
  const posted =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return new Request(`https://carto.test/api${place}?${query}`, { method: method.toUpperCase(), ...posted });
}

/** What the document says of a response, as a pointer into it. */
function pointerTo(path: string, method: string, status: number): string {
  const parts = ['paths', path, method, 'responses', String(status), 'content', JSON_TYPE, 'schema'];
  return parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
}

describe('openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(join(directory, 'openapi.json'));
    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  it('stands where its server is told from', () => {
    expect(document.servers).toEqual([{ url: './api' }]);
  });

  describe('its examples', () => {
    let api: Api;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);

    beforeAll(async () => {
      api = createApi(await openCarto(directory));
      ajv.addSchema(document, 'openapi.json');
    });

    async function faultsOf(path: string, method: string, request: Request): Promise<unknown> {
      setMaxListeners(0, request.signal);
      const response = await api(request);
      const check = ajv.getSchema(`openapi.json#/${pointerTo(path, method, response.status)}`);
      if (check === undefined) return `status ${response.status} is not described`;
      const answer: unknown = await response.json();
      return check(answer) === true ? answer : JSON.stringify(check.errors);
    }

    /** All that has features, as many collections as there may be. */
    function featuresIn(answer: unknown): number {
      const collections = (Array.isArray(answer) ? answer : [answer]) as { features?: unknown[] }[];
      return collections.reduce((sum, { features }) => sum + (features?.length ?? 1), 0);
    }

    it('have answers, which are what it says', async () => {
      for (const [path, operations] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(operations)) {
          const answer = await faultsOf(path, method, requestOf(path, method, operation));
          expect(answer, operation.operationId).toBeTypeOf('object');
          expect(featuresIn(answer), operation.operationId).toBeGreaterThan(0);
        }
      }
    });

    it('name every property of what they find', async () => {
      for (const [path, { get }] of Object.entries(document.paths)) {
        if (get === undefined || path === '/gpu/all' || path.includes('{')) continue;
        const response = await api(requestOf(path, 'get', get));
        const { features } = (await response.json()) as { features: { properties: object }[] };
        const described = JSON.stringify(get);
        for (const name of Object.keys(features[0]?.properties ?? {})) {
          expect(described, `${path} ${name}`).toContain(`"${name}":{`);
        }
      }
    });

    it.each([
      ['/cadastre/parcelle', 'code_insee=1&_limit=x', 400],
      ['/cadastre/commune', '_limit=501', 400],
      ['/gpu/all', 'geom=', 400],
    ])('are refused in the words that it describes: %s?%s', async (path, query, status) => {
      const request = new Request(`https://carto.test/api${path}?${query}`);
      expect((await api(request.clone())).status).toBe(status);
      expect(await faultsOf(path, 'get', request)).toBeTypeOf('object');
    });
  });
});

describe.skipIf(executable === undefined)('in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    // Without its sandbox: containers of continuous integration do not allow one.
    browser = await chromium.launch({
      ...(executable && { executablePath: executable }),
      args: ['--no-sandbox'],
    });
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Opens `path`; whatever goes wrong there, or leaves for another host, is noted. */
  async function open(path: string): Promise<{ page: Page; troubles: string[] }> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !request.url().startsWith('data:'))
        troubles.push(request.url());
    });
    await page.goto(address + path);
    return { page, troubles };
  }

  it('the landing page answers its questions, and tells what they cost', async () => {
    const { page, troubles } = await open('');
    const forms = page.locator('form');
    expect(await forms.count()).toBe(4);
    for (const form of await forms.all()) {
      await form.locator('button').click();
      await form.getByText(/^Réponse 200 · \d+ objets? · \d+ requêtes?, [\d,]+ ko/).waitFor();
      expect(await form.locator('pre').textContent()).toMatch(/"FeatureCollection"|"codePostal"/);
    }
    expect(troubles).toEqual([]);
  });

  it.each<'light' | 'dark'>(['light', 'dark'])(
    'the landing page can be used by all, %s',
    async (colorScheme) => {
      const page = await (
        await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } })
      ).newPage();
      await page.goto(address);
      for (const form of await page.locator('form').all()) {
        await form.locator('button').click();
        await form.getByText(/^Réponse 200/).waitFor();
      }
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
      const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
      expect(violations.map(({ id }) => id)).toEqual([]);
      // Nothing is wider than a phone.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    },
  );

  it('the landing page tells in words what became of a question, and keeps the place of who asks', async () => {
    const { page } = await open('');
    const form = page.locator('form').nth(2);
    const place = (x: number, y: number): string =>
      encodeURIComponent(`{"type":"Point","coordinates":[${x},${y}]}`);
    for (const [asked, told] of [
      [`api/gpu/secteur-cc?geom=${place(4.985, 47.05)}`, 'Réponse 200 · rien, et le lieu est couvert'],
      [`api/cadastre/parcelle?geom=${place(2, 48)}`, 'Réponse 200 · lieu non couvert'],
      ['api/gpu/document?partition=DU_99999', 'Réponse 200 · rien de tel'],
      [`api/cadastre/parcelle?geom=${place(47, 4.9)}`, 'Réponse 400 · question refusée'],
      ['api/cadastre/parcelles', 'Réponse 404 · route ou code inconnus'],
      ['http://[', 'question refusée : ce n’est pas une adresse'],
    ] as const) {
      await form.locator('input').fill(asked);
      await form.locator('button').press('Enter');
      await form.getByText(told).waitFor();
      expect(await form.locator('button').evaluate((button) => button.matches(':focus'))).toBe(true);
    }
    await page.context().route('**/data/**', (route) => route.abort());
    await form.locator('input').fill('api/cadastre/parcelle?idu=21906000AB0094');
    await form.locator('button').press('Enter');
    await form.getByText('Réponse 502 · les fichiers n’ont pas pu être lus').waitFor();
  });

  it('the landing page shows what is refused as refused', async () => {
    const { page } = await open('');
    const form = page.locator('form').nth(2);
    await form.locator('input').fill('api/cadastre/parcelle?code_insee=1');
    await form.locator('button').click();
    await form.getByText(/^Réponse 400/).waitFor();
    expect(await form.locator('pre').textContent()).toContain('"path": "code_insee"');
  });

  it('the interface shows all routes, and tries them through the service worker', async () => {
    const { page, troubles } = await open('api.html');
    await page.locator('.opblock').first().waitFor();
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(await page.locator('.opblock').count()).toBe(operations.length);
    await page.getByText('Un service worker répond aux requêtes').waitFor();
    for (const id of ['get-codes-postaux-communes', 'get-cadastre-parcelle', 'post-gpu-zone-urba']) {
      const operation = page
        .locator('.opblock', { has: page.locator(`[id$="${id}"]`) })
        .or(page.locator(`[id$="${id}"]`));
      await operation.first().locator('.opblock-summary-control').click();
      await operation.first().locator('button.execute').click();
      const answer = operation.first().locator('.live-responses-table');
      await answer.waitFor();
      expect(await answer.locator('tbody td.response-col_status').first().textContent(), id).toContain('200');
    }
    expect(troubles).toEqual([]);
  });

  it.each<'light' | 'dark'>(['light', 'dark'])(
    'the interface can be read by all, %s',
    async (colorScheme) => {
      const page = await (await browser.newContext({ colorScheme })).newPage();
      await page.goto(`${address}api.html`);
      await page.locator('.opblock').first().waitFor();
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
      const { violations, passes } = await page.evaluate<Record<'violations' | 'passes', { id: string }[]>>(
        "axe.run({ runOnly: ['color-contrast'] })",
      );
      expect([violations, passes.map(({ id }) => id)]).toEqual([[], ['color-contrast']]);
    },
  );

  it('the pages work under the policy that docs/hosting.md gives for them', async () => {
    const hosting = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
    const policy = /`Content-Security-Policy: ([^`]+)`/.exec(hosting)?.[1] ?? '';
    expect(policy).toContain("default-src 'self'");
    const page = await (await browser.newContext()).newPage();
    const troubles: string[] = [];
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await page.route(/\/(api\.html)?$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy },
      });
    });
    await page.goto(address);
    const [form] = await page.locator('form').all();
    await form?.locator('button').click();
    await form?.getByText(/^Réponse 200/).waitFor();
    await page.goto(`${address}api.html`);
    await page.locator('.opblock').first().waitFor();
    await page.getByText('Un service worker répond aux requêtes').waitFor();
    expect(troubles).toEqual([]);
  });

  it('the interface answers by itself where there is no service worker', async () => {
    const page = await (await browser.newContext()).newPage();
    // As on addresses that are not secure; and the requests of Firefox show no stream of their body.
    await page.addInitScript('delete Navigator.prototype.serviceWorker; delete Request.prototype.body');
    await page.goto(`${address}api.html`);
    await page.getByText('Cette page répond elle-même aux requêtes').waitFor();
    const answers = await page.evaluate(async () => {
      const read = async (response: Response) => [
        response.status,
        ((await response.json()) as { numberReturned: number }).numberReturned,
      ];
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"_limit":1}' };
      const asked = [
        fetch('api/cadastre/commune?geometry=false&_limit=1'),
        fetch('api/cadastre/commune', init),
      ];
      return Promise.all((await Promise.all(asked)).map(read));
    });
    expect(answers).toEqual([
      [200, 1],
      [200, 1],
    ]);
  });
});
