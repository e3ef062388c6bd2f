/**
 * Our library in Chromium, as one bundle on a page of another origin than the files. Each
 * session asks at an address of its own, so that the browser's cache knows nothing of it.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Query } from '../data/queries.ts';
import { parametersOf, type OursOptions } from './ours.ts';
import type { Reader, Session } from './reader.ts';

const LIBRARY = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

async function bundle(): Promise<string> {
  const entry = `
    import { openCarto } from ${JSON.stringify(LIBRARY)};
    const opened = new Map();
    const open = (address) => {
      if (!opened.has(address)) opened.set(address, openCarto(address));
      return opened.get(address);
    };
    globalThis.warm = async (address) => { await open(address); };
    globalThis.ask = async (address, layer, parameters, idField) => {
      const { features } = await (await open(address)).query(layer, parameters);
      return features.map(({ properties }) => String(properties[idField]));
    };
    globalThis.forget = (address) => { opened.delete(address); };
    globalThis.isReady = true;`;
  const stdin = { contents: entry, resolveDir: process.cwd() };
  const options = { bundle: true, minify: true, format: 'esm', platform: 'browser', write: false } as const;
  return (await build({ stdin, ...options })).outputFiles[0]?.text ?? '';
}

/** Debian's, or the one that playwright-core installs. */
function executable(): string {
  const path = ['/usr/bin/chromium', chromium.executablePath()].find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('no Chromium: make setup installs it');
  return path;
}

async function openPage(browser: Browser, code: string): Promise<Page> {
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: code });
  await page.waitForFunction('globalThis.isReady');
  return page;
}

function session(page: Page, address: string, { layer, idField, geometry = true }: OursOptions): Session {
  const call = (name: string, ...values: unknown[]): Promise<unknown> =>
    page.evaluate(`globalThis.${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
  return {
    warm: async () => {
      await call('warm', address);
    },
    ask: (query: Query) =>
      call('ask', address, layer, parametersOf(query, geometry), idField) as Promise<string[]>,
    close: async () => {
      await call('forget', address);
    },
  };
}

/** Ends the browser with `end`. */
export async function inChromium(
  options: OursOptions,
): Promise<{ readonly reader: Reader; readonly end: () => Promise<void> }> {
  // Without its sandbox: containers of continuous integration do not allow one.
  const browser = await chromium.launch({ executablePath: executable(), args: ['--no-sandbox'] });
  const page = await openPage(browser, await bundle());
  const open = (address: string): Session => session(page, `${address}/ours/`, options);
  const { kinds = ['point', 'id'] } = options;
  const reader = { name: 'carto-statique in Chromium', kinds, open };
  return { reader, end: () => browser.close() };
}
