/** The worker's life in Chromium: installed, told something else, out of date, bounded, removed. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { POSTAL_ROWS, TERRITORY } from '../testing/territory.ts';
import { buildTree } from '../testing/tree.ts';
import { answers, PARCELLES, QUESTIONS, tree, truth, truthOf, type Question } from './testing/questions.ts';
import { SW } from './testing/site.ts';
import { ask, blocksIn, executable, INSECURE, kept, stopWorkers, visit, visits } from './testing/visits.ts';

const chromium = visits();

/** How `installApi(options)` of the page goes. */
async function install(page: Page, options: object): Promise<string> {
  return String(await page.evaluate(`globalThis.install(${JSON.stringify(options)})`));
}

describe.skipIf(executable === undefined)('a new catalogue', () => {
  const { 'cadastre/parcelle': parcelle, ...others } = TERRITORY;
  const partitions = { 21: parcelle?.partitions['21']?.slice(0, 40) ?? [] };
  const next = { ...others, 'cadastre/parcelle': { ...parcelle, partitions } } as typeof TERRITORY;

  it('is what the next visit is answered from; the blocks that it has left behind go', async () => {
    const site = await chromium.site(tree);
    const [page] = await visit(chromium.context, site.address);
    expect(await answers(page)).toEqual(truth);
    const before = blocksIn(await kept(page));
    const files = await buildTree(next, POSTAL_ROWS);
    site.publish(files);
    const [again] = await visit(chromium.context, site.address);
    const now = await Promise.all(QUESTIONS.map((question) => truthOf(question, files)));
    expect(now[0]?.body).not.toEqual(truth[0]?.body);
    expect(await answers(again)).toEqual(now);
    const after = blocksIn(await kept(again));
    const [old, unchanged] = ['/cadastre/parcelle', '/gpu/'].map((part) =>
      before.filter((url) => url.includes(part)),
    );
    expect([old?.length, unchanged?.length].every((count) => count !== undefined && count > 0)).toBe(true);
    expect(after.filter((url) => old?.includes(url))).toEqual([]);
    expect(after).toEqual(expect.arrayContaining(unchanged ?? []));
  });

  it('is gone on to in the midst, where the host has no more of the old one', async () => {
    const site = await chromium.site(tree);
    const [page] = await visit(chromium.context, site.address);
    expect((await ask(page, '/api/codes-postaux/communes/21700')).status).toBe(200);
    const files = await buildTree(next, POSTAL_ROWS);
    site.publish(files);
    const [first] = await answers(page);
    expect(first).toEqual(await truthOf([PARCELLES], files));
  });
});

describe.skipIf(executable === undefined)('what is kept', () => {
  it('is bounded, and nothing fails by it', async () => {
    const keepBytes = 40_000;
    const { address } = await chromium.site(tree, { keepBytes });
    const [page] = await visit(chromium.context, address);
    for (const asked of ['97411', '21231', '21166', '75056']) {
      const url = `/api/cadastre/parcelle?code_insee=${asked}&_limit=100`;
      expect((await ask(page, url)).body).toMatchObject({ type: 'FeatureCollection' });
    }
    expect(await answers(page)).toEqual(truth);
    const lengths = await kept(page);
    const blocks = blocksIn(lengths).map((url) => lengths[url] ?? 0);
    const sum = blocks.reduce((all, length) => all + length, 0);
    expect(blocks.length).toBeGreaterThan(1);
    expect(sum).toBeLessThanOrEqual(keepBytes);
  });

  it.each([
    ['is full', 'Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"))'],
    [
      'is not allowed',
      'CacheStorage.prototype.open = () => Promise.reject(new DOMException("no", "SecurityError"))',
    ],
    [
      'cannot be read',
      'Cache.prototype.match = () => Promise.reject(new DOMException("bad", "UnknownError"))',
    ],
  ])('is nothing where storage %s, and nothing fails by it', async (_, code) => {
    const { address, files } = await chromium.site(tree, { shell: ['./'] });
    files.set('sw.js', Buffer.concat([Buffer.from(`${code};`), SW.bytes]));
    const [page, installed] = await visit(chromium.context, address);
    expect(installed).toBe('installed');
    expect(await answers(page)).toEqual(truth);
    await stopWorkers(page);
    expect(await answers(page)).toEqual(truth);
  });

  it('goes with the worker when the page removes it', async () => {
    const { address } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    expect(await answers(page)).toEqual(truth);
    await kept(page);
    expect(await page.evaluate('globalThis.uninstall()')).toBe(true);
    expect(await page.evaluate('caches.keys()')).toEqual([]);
    expect(await page.evaluate('globalThis.uninstall()')).toBe(false);
    expect(
      await page.evaluate('navigator.serviceWorker.getRegistrations().then(({ length }) => length)'),
    ).toBe(0);
  });
});

describe.skipIf(executable === undefined)('installApi', () => {
  it('finds a page that was loaded past every cache controlled', async () => {
    const { address } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    const session = await chromium.context.newCDPSession(page);
    const loaded = page.waitForEvent('load');
    await session.send('Page.reload', { ignoreCache: true });
    await loaded;
    expect(await page.evaluate('globalThis.installed')).toBe('installed');
    expect(await answers(page)).toEqual(truth);
  });

  it('serves a folder, with a tree of another origin, under bases of its own', async () => {
    const { address: elsewhere } = await chromium.site(tree);
    const { address } = await chromium.site(new Map(), { tree: elsewhere }, 'maps/carto/');
    const [page, installed] = await visit(chromium.context, address);
    expect(installed).toBe('installed');
    expect(await answers(page)).toEqual(truth);
    const relative = QUESTIONS.map(([url, ...init]): Question => [url.slice(1), ...init]);
    expect(await answers(page, relative)).toEqual(truth);
    expect(await install(page, { tree: elsewhere, base: '/v1/geo' })).toBe('installed');
    expect((await ask(page, PARCELLES.replace('/api', '/v1/geo'))).status).toBe(200);
    expect((await ask(page, PARCELLES)).status).toBe(404);
  });

  it('tells the worker what it is to do, also when it is told something else and stopped', async () => {
    const { address } = await chromium.site(tree, { strict: true });
    const [page] = await visit(chromium.context, address);
    const typo = `${PARCELLES}&sectoin=AB`;
    expect((await ask(page, typo)).status).toBe(400);
    await stopWorkers(page);
    expect((await ask(page, typo)).status).toBe(400);
    expect(await install(page, {})).toBe('installed');
    expect((await ask(page, typo)).status).toBe(200);
    await stopWorkers(page);
    expect((await ask(page, typo)).status).toBe(200);
  });

  it('lets a new sw.js take over, with all that was kept', async () => {
    const { address, files, host } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    expect(await answers(page)).toEqual(truth);
    const before = blocksIn(await kept(page));
    const code = `addEventListener('fetch', (event) => {
      if (event.request.url.endsWith('/version')) event.respondWith(new Response('2'));
    });`;
    files.set('sw.js', Buffer.concat([SW.bytes, Buffer.from(`;${code}`)]));
    await page.evaluate(`new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
      navigator.serviceWorker.getRegistration().then((registration) => registration.update());
    })`);
    expect((await ask(page, '/version')).body).toBe('2');
    const asked = host.requests.length;
    expect(await answers(page)).toEqual(truth);
    expect(host.requests.slice(asked).filter((path) => path.startsWith('data/'))).toEqual([]);
    expect(blocksIn(await kept(page))).toEqual(expect.arrayContaining(before));
  });

  it('says why it cannot', async () => {
    const { address, files } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    files.set('other.js', new TextEncoder().encode(''));
    expect(await install(page, { scope: 'deeper/' })).toMatch(/^OutOfScope: /);
    expect(await install(page, { script: 'other.js' })).toMatch(/^OtherWorker: .*\/sw\.js/);
    await page.evaluate('globalThis.uninstall()');
    expect(await install(page, { script: 'none.js' })).toMatch(/^Refused: \/none\.js/);
    const insecure = address.replace('127.0.0.1', INSECURE);
    expect((await visit(chromium.context, insecure))[1]).toMatch(/^NotSecure: .* http:/);
    files.set('other.js', new TextEncoder().encode('throw new Error("broken")'));
    expect(await install(page, { script: 'other.js' })).toMatch(/^Refused: /);
  });

  it('says that it cannot where cookies are blocked, as does the removal', async () => {
    const { address } = await chromium.site(tree);
    // What Firefox and Chromium do then.
    await chromium.context.addInitScript(`ServiceWorkerContainer.prototype.getRegistration = () =>
      Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'))`);
    const [page, installed] = await visit(chromium.context, address);
    expect(installed).toMatch(/^NoServiceWorkers: .*cookies are blocked: SecurityError: .* insecure/);
    const removed = await page.evaluate('globalThis.uninstall().catch(({ reason }) => reason)');
    expect(removed).toBe('NoServiceWorkers');
  });

  it('says that a page without an address of its own has none', async () => {
    const { address } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    const said = await page.evaluate(`new Promise((resolve) => {
      addEventListener('message', ({ data }) => resolve(data));
      const frame = document.createElement('iframe');
      frame.srcdoc = '<script type="module">import { installApi } from "${address}install.js";' +
        'installApi().catch(({ reason }) => parent.postMessage(String(reason)));</' + 'script>';
      document.body.append(frame);
    })`);
    expect(said).toBe('NotSecure');
  });

  it('gives up on a worker that does not take control', async () => {
    const { address, files } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    await page.evaluate('globalThis.uninstall()');
    files.set('idle.js', new TextEncoder().encode('addEventListener("install", () => skipWaiting())'));
    await page.close();
    const [again] = await visit(chromium.context, `${address}?`);
    await again.evaluate('globalThis.uninstall()');
    expect(await install(again, { script: 'idle.js', timeoutMs: 300 })).toMatch(/^NotInControl: /);
  });
});
