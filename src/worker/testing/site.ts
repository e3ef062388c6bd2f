/**
 * A site on plain static hosting: a page that installs the worker and is otherwise written
 * for API Carto, beside the files of a tree.
 */
import { fileURLToPath } from 'node:url';
import { bundle, bundleForBrowsers } from '../../../pipeline/site/bundle.ts';
import { answer, TestHost } from '../../testing/server.ts';
import type { TreeFiles } from '../../testing/tree.ts';
import type { InstallOptions } from '../index.ts';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
/** As it is published, and what is in it. */
export const SW = await bundle(path('../sw.ts'), [], 'iife');
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
      [`${folder}sw.js`, SW.bytes],
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

  async start(): Promise<void> {
    this.#address = await this.host.start();
  }
}
