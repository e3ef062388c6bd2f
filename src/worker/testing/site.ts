/**
 * A site on plain static hosting, and Chromium to visit it: a page that installs the worker
 * and is otherwise written for API Carto, beside the files of a tree.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { bundleForBrowsers } from '../../../pipeline/site/bundle.ts';
import { answer, TestHost } from '../../testing/server.ts';
import type { TreeFiles } from '../../testing/tree.ts';
import type { InstallOptions } from '../index.ts';

/** Debian's, or the one that playwright-core installs. */
export const executable = ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path));
if (executable === undefined) process.stdout.write('skipped: no Chromium; make setup installs it\n');

/** A host name that leads to loopback, and that browsers take for no secure one. */
export const INSECURE = 'insecure.test';

/** Without its sandbox: containers of continuous integration do not allow one. */
export function launch(): Promise<Browser> {
  const args = ['--no-sandbox', `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`];
  return chromium.launch({ ...(executable !== undefined && { executablePath: executable }), args });
}

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
export const SW = await bundleForBrowsers(path('../sw.ts'));
const PAGE_SIDE = await bundleForBrowsers(path('../index.ts'));

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', json: 'application/json' };

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A page that installs the worker as `options` say, and tells in `globalThis.installed` how that went. */
export function pageThat(options: InstallOptions): Uint8Array {
  return bytesOf(`<!doctype html><meta charset="utf-8"><title>carto</title>
    <script type="module">
      import { installApi, uninstallApi } from './install.js';
      globalThis.uninstall = uninstallApi;
      globalThis.install = (options) =>
        installApi(options).then(() => 'installed', (error) => error.reason + ': ' + error.message);
      globalThis.installed = globalThis.install(${JSON.stringify(options)});
    </script>`);
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

/** The files of a site, at `folder` of its host: those of a tree, the worker and a page. */
export class Site {
  readonly files: Map<string, Uint8Array>;
  readonly host: TestHost;
  #address = '';
  readonly #folder: string;

  constructor(tree: TreeFiles, options: InstallOptions = {}, folder = '') {
    this.#folder = folder;
    this.files = new Map([
      [folder, pageThat(options)],
      [`${folder}install.js`, PAGE_SIDE],
      [`${folder}sw.js`, SW],
    ]);
    this.publish(tree);
    this.host = new TestHost(this.files);
    this.host.behave = (exchange) => {
      const type = exchange.path.endsWith('/') || exchange.path === '' ? 'text/html' : '';
      const named = TYPES[/\w+$/.exec(exchange.path)?.[0] ?? ''] ?? 'application/octet-stream';
      exchange.response.setHeader('Access-Control-Allow-Origin', '*');
      answer(exchange, { headers: { 'Content-Type': type || named } });
    };
  }

  /** In place of the tree that was there. */
  publish(tree: TreeFiles): void {
    for (const name of this.files.keys()) {
      if (/(catalogue|manifest\.\w+)\.json$|\/?data\//.test(name)) this.files.delete(name);
    }
    for (const [name, bytes] of tree) this.files.set(this.#folder + name, bytes);
  }

  /** Of the page, once the site has started. */
  get address(): string {
    return this.#address + this.#folder;
  }

  async start(): Promise<string> {
    this.#address = await this.host.start();
    return this.address;
  }
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
  return (await page.evaluate(code)) as Seen;
}

/** Stops all workers, as browsers do at any moment. */
export async function stopWorkers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** By address in the cache, the length of what the worker keeps there. */
export async function keptBy(page: Page): Promise<Record<string, number>> {
  const code = `(async () => {
    const kept = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        kept[url] = (await (await cache.match(url)).arrayBuffer()).byteLength;
      }
    }
    return kept;
  })()`;
  return (await page.evaluate(code)) as Record<string, number>;
}
