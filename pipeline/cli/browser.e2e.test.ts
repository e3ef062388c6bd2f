/** The library in Chromium, on a page of another origin than the tree it asks. */
import { existsSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCarto } from '../../src/node.ts';
import { POSTAL_ROWS, TERRITORY } from '../../src/testing/territory.ts';
import { buildTree, writeTree } from '../../src/testing/tree.ts';
import { createStaticHost } from './serve/static-host.ts';

/** Debian's, or the one that playwright-core installs. */
const executable = ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path));
if (executable === undefined) process.stdout.write('skipped: no Chromium; make setup installs it\n');

const tree = writeTree(await buildTree(TERRITORY, POSTAL_ROWS));
let server: Server | undefined;
let browser: Browser | undefined;
let address = '';

beforeAll(async () => {
  const host = await createStaticHost(tree);
  server = host;
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const bound = host.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/`;
  // Without its sandbox: containers of continuous integration do not allow one.
  if (executable !== undefined) {
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  }
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(tree, { recursive: true });
});

/** Runs `body`, which has `openCarto` and `address`, as a module on a blank page. */
async function onPage(body: string): Promise<unknown> {
  const entry = `
    import { openCarto } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).pathname)};
    const address = ${JSON.stringify(address)};
    globalThis.outcome = (async () => { ${body} })();`;
  const stdin = { contents: entry, resolveDir: process.cwd() };
  const bundle = await build({ stdin, bundle: true, format: 'esm', platform: 'browser', write: false });
  const page = await (browser ?? (await chromium.launch())).newPage();
  await page.addScriptTag({ type: 'module', content: bundle.outputFiles[0]?.text ?? '' });
  // A module runs some time after it has been added.
  await page.waitForFunction('globalThis.outcome !== undefined');
  return page.evaluate('globalThis.outcome');
}

describe.skipIf(executable === undefined)('in Chromium', () => {
  it('answers as in Node, features and postal codes', async () => {
    const carto = await openCarto(tree);
    const geom = { type: 'Point', coordinates: [5, 47.25] } as const;
    const there = await onPage(`
      const carto = await openCarto(address);
      const geom = ${JSON.stringify(geom)};
      return {
        zones: await carto.gpu.zonesUrba({ geom }),
        parcelles: await carto.cadastre.parcelles({ code_insee: '97411', section: 'AA' }),
        communes: await carto.codesPostaux.communes('21700'),
      };`);
    expect(there).toEqual({
      zones: await carto.gpu.zonesUrba({ geom: { ...geom, coordinates: [5, 47.25] } }),
      parcelles: await carto.cadastre.parcelles({ code_insee: '97411', section: 'AA' }),
      communes: await carto.codesPostaux.communes('21700'),
    });
  });

  it('refuses and aborts with the same errors', async () => {
    const there = await onPage(`
      const carto = await openCarto(address);
      const caught = (promise) => promise.then(() => 'none', (error) => error.code ?? error.message);
      return [
        await caught(carto.gpu.zonesUrba({ typezon: 'U' })),
        await caught(carto.gpu.zonesUrba({ typezone: 'U', signal: AbortSignal.abort(new Error('enough')) })),
        await caught(openCarto(address + 'nowhere/')),
        await caught(openCarto('http://127.0.0.1:1/')),
      ];`);
    expect(there).toEqual(['InvalidQuery', 'enough', 'NotFound', 'HostFault']);
  });
});

/** The library as one file, and a page and a service worker that import it. */
async function createSite(): Promise<Server> {
  const entry = new URL('../../src/index.ts', import.meta.url).pathname;
  const options = { bundle: true, minify: true, format: 'esm', platform: 'browser', write: false } as const;
  const bundle = await build({ entryPoints: [entry], ...options });
  const ask = `import { openCarto } from './carto.js';
    export async function ask(address) {
      const requests = [];
      const carto = await openCarto(address, { onRequest: ({ bytes }) => requests.push(bytes) });
      const opening = requests.length;
      const place = await carto.gpu.zonesUrba({ geom: { type: 'Point', coordinates: [5, 47.25] }, geometry: false });
      const name = await carto.cadastre.parcelles({ idu: '21231000AA0001' });
      const received = requests.slice(opening).reduce((sum, bytes) => sum + bytes, 0);
      return { opening, asked: requests.length - opening, received, place, name };
    }`;
  const files: Readonly<Record<string, string>> = {
    '/': '<!doctype html><title>carto</title>',
    '/carto.js': bundle.outputFiles[0]?.text ?? '',
    '/ask.js': ask,
    '/worker.js': `import { ask } from './ask.js';
      self.onmessage = async ({ data, source }) =>
        source.postMessage(await ask(data).catch((error) => String(error)));`,
  };
  return createServer((request, response) => {
    const path = request.url ?? '/';
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(files[path] === undefined ? 404 : 200, { 'Content-Type': type });
    response.end(files[path]);
  });
}

describe.skipIf(executable === undefined)('the library as one file', () => {
  it('answers by place and by name on a page and in a service worker, and counts alike', async () => {
    const site = await createSite();
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    try {
      const bound = site.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      const page = await (browser ?? (await chromium.launch())).newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      const onPage: unknown = await page.evaluate(
        `import('./ask.js').then(({ ask }) => ask(${JSON.stringify(address)}))`,
      );
      const inWorker: unknown = await page.evaluate(`(async () => {
        await navigator.serviceWorker.register('./worker.js', { type: 'module' });
        const { active } = await navigator.serviceWorker.ready;
        return new Promise((resolve) => {
          navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
          active.postMessage(${JSON.stringify(address)});
        });
      })()`);
      expect(inWorker).toEqual(onPage);
      const carto = await openCarto(address);
      const geom = { type: 'Point', coordinates: [5, 47.25] } as const;
      const place = await carto.gpu.zonesUrba({
        geom: { ...geom, coordinates: [5, 47.25] },
        geometry: false,
      });
      const name = await carto.cadastre.parcelles({ idu: '21231000AA0001' });
      expect(onPage).toEqual({
        opening: 1,
        asked: place.meta.requests + name.meta.requests,
        received: place.meta.bytes + name.meta.bytes,
        place,
        name,
      });
    } finally {
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
    }
  });
});
