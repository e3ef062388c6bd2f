/** Chromium at a site: its pages, what they ask and see, and what the worker keeps. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { TreeFiles } from '../../testing/tree.ts';
import type { InstallOptions } from '../index.ts';
import { Site } from './site.ts';

/** Debian's, or the one that playwright-core installs. */
export const executable = ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path));
if (executable === undefined) process.stdout.write('skipped: no Chromium; make setup installs it\n');

/** A host name that leads to loopback, and that browsers take for no secure one. */
export const INSECURE = 'insecure.test';

export interface Visits {
  /** Of this test alone: it knows nothing of the others' caches. */
  readonly context: BrowserContext;
  /** A site of its own origin, which has started and stops with the test. */
  site(files: TreeFiles, options?: InstallOptions, folder?: string): Promise<Site>;
}

/** A browser for the tests of a file. */
export function visits(): Visits {
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  const sites: Site[] = [];
  beforeAll(async () => {
    if (executable === undefined) return;
    // Without its sandbox: containers of continuous integration do not allow one.
    const args = ['--no-sandbox', `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`];
    browser = await chromium.launch({ executablePath: executable, args });
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    context = await browser?.newContext();
  });
  afterEach(async () => {
    await context?.close();
    await Promise.all(sites.splice(0).map((site) => site.host.stop()));
  });
  return {
    get context() {
      if (context === undefined) throw new Error('no Chromium: make setup installs it');
      return context;
    },
    async site(files, options, folder) {
      const site = new Site(files, options, folder);
      sites.push(site);
      await site.start();
      return site;
    },
  };
}

/** What a page sees of an answer. */
export interface Seen {
  readonly status: number;
  readonly type: string | null;
  /** `x-carto-offline`. */
  readonly offline: string | null;
  readonly coverage: string | null;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

/** Opens the page at `address`. @returns how its installation went, too. */
export async function visit(context: BrowserContext, address: string): Promise<[Page, string]> {
  const page = await context.newPage();
  await page.goto(address);
  return [page, String(await page.evaluate('globalThis.installed'))];
}

/** What `fetch(url, init)` of the page gives; or the name of what it throws. */
export async function ask(page: Page, url: string, init: RequestInit = {}): Promise<Seen> {
  const code = `fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then(async (response) => {
    const [header, text] = [(name) => response.headers.get(name), await response.text()];
    const type = header('content-type');
    return { status: response.status, type, offline: header('x-carto-offline'),
      coverage: header('x-carto-coverage'), body: type?.includes('json') ? JSON.parse(text) : text };
  }, ({ name }) => ({ status: 0, type: null, offline: null, coverage: null, body: name }))`;
  return page.evaluate<Seen>(code);
}

/** Stops all workers, as browsers do at any moment. */
export async function stopWorkers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** What the worker keeps: the length of each file by its address, and the list of blocks. */
interface Kept {
  readonly lengths: Readonly<Record<string, number>>;
  readonly listed: number;
}

async function keptBy(page: Page): Promise<Kept> {
  const code = `(async () => {
    const [lengths, counts] = [{}, []];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const response = await cache.match(url);
        if (response === undefined) continue;
        const bytes = await response.arrayBuffer();
        lengths[url] = bytes.byteLength;
        if (url.endsWith('blocks.json')) counts.push(JSON.parse(new TextDecoder().decode(bytes)).blocks.length);
      }
    }
    return { lengths, listed: counts.reduce((sum, count) => sum + count, 0) };
  })()`;
  return page.evaluate<Kept>(code);
}

export function blocksIn(lengths: Kept['lengths']): string[] {
  return Object.keys(lengths).filter((url) => url.includes('/__carto__/data/'));
}

/** The lengths of what is kept, by address, when all that was read has been written, and the `files` of the site. */
export async function kept(page: Page, files: readonly string[] = []): Promise<Kept['lengths']> {
  let [before, now] = [await keptBy(page), await keptBy(page)];
  // The list is written before the blocks that it names.
  const isSettled = (): boolean =>
    JSON.stringify(before) === JSON.stringify(now) &&
    now.listed === blocksIn(now.lengths).length &&
    files.every((file) => new URL(file, page.url()).href in now.lengths);
  while (!isSettled()) [before, now] = [now, await keptBy(page)];
  return now.lengths;
}
