/** The service worker in Chromium, on plain static hosting, under a page written for API Carto. */
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../api/index.ts';
import { openCarto } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { POSTAL_ROWS, TERRITORY } from '../testing/territory.ts';
import { buildTree, type TreeFiles } from '../testing/tree.ts';
import { ask, executable, keptBy, launch, Site, stopWorkers, SW, visit, type Seen } from './testing/site.ts';

const tree = await buildTree(TERRITORY, POSTAL_ROWS);

let browser: Browser;
let context: BrowserContext;
const sites: Site[] = [];

async function started(site: Site): Promise<string> {
  sites.push(site);
  return site.start();
}

beforeAll(async () => {
  if (executable !== undefined) browser = await launch();
});
afterAll(async () => {
  if (executable !== undefined) await browser.close();
});
beforeEach(async () => {
  if (executable !== undefined) context = await browser.newContext();
});
afterEach(async () => {
  if (executable !== undefined) await context.close();
  await Promise.all(sites.splice(0).map((site) => site.host.stop()));
});

type Question = readonly [url: string, init?: RequestInit];

const POINT = '{"type":"Point","coordinates":[5,47.25]}';
const QUESTIONS: readonly Question[] = [
  ['/api/cadastre/parcelle?code_insee=21231&section=AA'],
  [`/api/gpu/zone-urba?geom=${POINT}`],
  ['/api/codes-postaux/communes/21700'],
  ['/api/codes-postaux/communes/21999'],
  [
    '/api/cadastre/parcelle',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"geom":${POINT},"_limit":5}`,
    },
  ],
  ['/api/cadastre/commune?code_insee=1'],
];

/** Without what differs from moment to moment. */
function withoutTime(seen: Seen): Seen {
  const { body } = seen;
  const isCollection = typeof body === 'object' && body !== null && 'timeStamp' in body;
  return isCollection ? { ...seen, body: { ...body, timeStamp: '' } } : seen;
}

/** What the API itself answers, in Node. */
async function truthOf([url, init]: Question, files: TreeFiles = tree): Promise<Seen> {
  const api = createApi(await openCarto(memoryTree(files)));
  const response = await api(new Request(new URL(url, 'http://127.0.0.1/'), init));
  const text = await response.text();
  const type = response.headers.get('content-type');
  const body: unknown = type?.includes('json') === true ? JSON.parse(text) : text;
  const coverage = response.headers.get('x-carto-coverage');
  return withoutTime({ status: response.status, type, offline: null, coverage, body });
}

async function answers(page: Page, questions: readonly Question[] = QUESTIONS): Promise<Seen[]> {
  return Promise.all(questions.map(async ([url, init]) => withoutTime(await ask(page, url, init))));
}

const truth = await Promise.all(QUESTIONS.map((question) => truthOf(question)));

describe('sw.js', () => {
  it('weighs what it says', () => {
    const gzipped = gzipSync(SW, { level: 9 }).length;
    process.stdout.write(`sw.js: ${gzipped} bytes gzipped, ${SW.length} minified\n`);
    expect(gzipped).toBeLessThan(40 * 1024);
  });
});

describe.skipIf(executable === undefined)('a page written for API Carto', () => {
  it('is answered through the worker on its first visit', async () => {
    const address = await started(new Site(tree));
    const [page, installed] = await visit(context, address);
    expect(installed).toBe('installed');
    expect(truth.map(({ status }) => status)).toEqual([200, 200, 200, 404, 200, 400]);
    expect(await answers(page)).toEqual(truth);
  });
});
