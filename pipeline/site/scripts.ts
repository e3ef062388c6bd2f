/** The scripts of a site: what pages of others import, and what our own pages run. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleForBrowsers, type Entry, type Format } from './bundle.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

/** One file of what several entries of the package export. */
function all(...names: readonly string[]): Entry {
  return { text: names.map((name) => `export * from './${name}';`).join('\n'), folder: SRC };
}

/** A script with whose it is in its first line. */
async function signed(version: string, entry: Entry, format?: Format): Promise<string> {
  const code = new TextDecoder().decode(await bundleForBrowsers(entry, format));
  return `/*! carto-statique ${version}, MIT */\n${code}\n`;
}

/** Those at the root of the tree, which keep their names. */
export async function rootScripts(version: string): Promise<Record<string, string>> {
  return {
    'carto-statique.js': await signed(version, all('index.ts', 'stream.ts')),
    // With the library, whose errors are told by their class: each bundle has its own.
    'api.js': await signed(version, all('index.ts', 'api/index.ts')),
    'install-api.js': await signed(version, all('worker/index.ts')),
    // Classic: not all browsers load modules as service workers.
    'sw.js': await signed(version, `${SRC}worker/sw.ts`, 'iife'),
  };
}

/** Those of our own pages, which are loaded here alone: what takes terser seconds saves them a kilobyte. */
export async function pageScripts(): Promise<Record<string, Uint8Array>> {
  const options = { bundle: true, format: 'esm', minify: true, platform: 'browser', write: false } as const;
  const names = ['landing', 'interface'];
  const entryPoints = names.map((name) => `${PAGES}${name}.ts`);
  const { outputFiles } = await build({ ...options, entryPoints, outdir: PAGES });
  return Object.fromEntries(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}
