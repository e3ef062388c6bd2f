/** The scripts of a site: what pages of others import, and what our own pages run. */
import { fileURLToPath } from 'node:url';
import { bundleForBrowsers, type Entry, type Format } from './bundle.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SRC = `${ROOT}src/`;
const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

/** Errors are told by their class, of which each bundle has its own: the API has the library with it. */
const API: Entry = {
  text: "export * from './index.ts'; export * from './api/index.ts';",
  folder: SRC,
};

/** A script with whose it is in its first line. */
async function signed(version: string, entry: Entry, format?: Format): Promise<string> {
  const code = new TextDecoder().decode(await bundleForBrowsers(entry, format));
  return `/*! carto-statique ${version}, MIT */\n${code}\n`;
}

/** Those at the root of the tree, which keep their names. */
export async function rootScripts(version: string): Promise<Record<string, string>> {
  return {
    'carto-statique.js': await signed(version, `${SRC}index.ts`),
    'api.js': await signed(version, API),
    // Classic: not all browsers load modules as service workers.
    'sw.js': await signed(version, `${SRC}worker/sw.ts`, 'iife'),
  };
}

/** Those of our own pages. */
export async function pageScripts(): Promise<Record<string, Uint8Array>> {
  return {
    'landing.js': await bundleForBrowsers(`${PAGES}landing.ts`),
    'interface.js': await bundleForBrowsers(`${PAGES}interface.ts`),
  };
}
