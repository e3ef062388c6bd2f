/** The library in Chromium, on a page of another origin than the tree it asks. */
import { existsSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCarto } from '../../src/node.ts';
import { POSTAL_ROWS, TERRITORY } from '../../src/testing/territory.ts';
import { buildTree, writeTree } from '../../src/testing/tree.ts';
import { createStaticHost } from './static-host.ts';

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
