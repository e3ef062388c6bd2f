/**
 * The hostile host behind a page of another origin, in Chromium: headers are hidden, the
 * browser refuses some answers by itself, and asks nothing before it asks.
 */
import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE, TestHost, wellBehaved, type Behaviour, type HostileMode } from './testing/server.ts';
import { TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

/** Debian's, or the one that playwright-core installs. */
const executable = ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path));
if (executable === undefined) process.stdout.write('skipped: no Chromium; make setup installs it\n');

const host = new TestHost(await buildTree(TERRITORY));
let [address, truth] = ['', ''];
let browser: Browser | undefined;
let page: Page | undefined;
/** Of the requests since the last question. */
const methods = new Set<string>();

/** `behave` for ranges, for a page of any origin. */
function shared(behave: Behaviour): Behaviour {
  return (exchange) => {
    methods.add(exchange.request.method ?? '');
    exchange.response.setHeader('Access-Control-Allow-Origin', '*');
    (exchange.range === null ? wellBehaved : behave)(exchange);
  };
}

/** The answer as text, or `code: message` of the error. */
async function ask(timeoutMs = 10_000): Promise<string> {
  const question = `globalThis.ask(${JSON.stringify(address)}, ${timeoutMs})`;
  return String(await page?.evaluate(question));
}

beforeAll(async () => {
  address = await host.start();
  if (executable === undefined) return;
  // Without its sandbox: containers of continuous integration do not allow one.
  browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  const contents = `
    import { openCarto } from ${JSON.stringify(new URL('./index.ts', import.meta.url).pathname)};
    globalThis.ask = async (address, timeoutMs) => {
      try {
        const carto = await openCarto(address, { timeoutMs });
        const geom = { type: 'Point', coordinates: [5, 47.25] };
        return JSON.stringify((await carto.query('cadastre/parcelle', { geom })).features);
      } catch (error) {
        return error.code + ': ' + error.message;
      }
    };`;
  const stdin = { contents, resolveDir: process.cwd() };
  const bundle = await build({ stdin, bundle: true, format: 'esm', platform: 'browser', write: false });
  page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: bundle.outputFiles[0]?.text ?? '' });
  await page.waitForFunction('globalThis.ask !== undefined');
  host.behave = shared(wellBehaved);
  truth = await ask();
});
afterAll(async () => {
  await browser?.close();
  await host.stop();
});

/** Where Chromium or a hidden header makes it another error than in Node. */
const EXPECTED: Readonly<Record<HostileMode, string>> = {
  'ignores Range': 'RangeNotSupported',
  'sends another range, and says so': 'CorruptFile',
  'sends another range, and hides it': 'CorruptFile',
  'sends another file': 'right',
  'sends a short body with consistent headers': 'Truncated',
  'hides Content-Range and ends early': 'Truncated',
  'hides Content-Range and sends too much': 'WrongRange',
  'cuts the connection': 'Truncated',
  'gzips the range': 'HostFault',
  'sends a part of its gzipped form': 'HostFault',
  'flips a bit': 'CorruptFile',
  'changes its ETag each time': 'right',
  'answers with the page of a site': 'NotOurFile',
  'answers with several parts': 'Truncated',
  'has no such file': 'NotFound',
  'has it no more': 'NotFound',
  'refuses access': 'AccessDenied',
  'says that the range is past the end': 'NotOurFile',
  fails: 'HostFault',
  'asks to wait': 'HostFault',
  'accepts and says nothing': 'Timeout',
  'starts and stalls': 'Timeout',
  'drops the connection': 'HostFault',
};

describe.skipIf(executable === undefined)('in Chromium, a host of another origin', () => {
  it('that is well is answered from', () => {
    expect((JSON.parse(truth) as readonly unknown[]).length).toBeGreaterThan(0);
  });

  it.each(Object.entries(EXPECTED))('that %s: %s, without a preflight', async (mode, outcome) => {
    host.behave = shared(HOSTILE[mode as HostileMode]);
    methods.clear();
    const answer = await ask(outcome === 'Timeout' ? 700 : 10_000);
    if (outcome === 'right') expect(answer).toBe(truth);
    else expect(answer.split(':')[0]).toBe(outcome);
    expect([...methods]).toEqual(['GET']);
    host.behave = shared(wellBehaved);
    expect(await ask()).toBe(truth);
  });

  it('that lets no page read it is told so', async () => {
    host.behave = wellBehaved;
    expect(await ask()).toMatch(/^HostFault: .*docs\/hosting\.md#cors$/);
  });
});
