/**
 * Every way in which a host fails, met through every route: the right answer, or a 502
 * with the library's reason; never an empty answer, and never an answer cut short.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openCarto } from '../index.ts';
import { everyLayer, PLACE } from '../testing/every-layer.ts';
import { expectNoUnhandledRejections } from '../testing/rejections.ts';
import { HOSTILE, TestHost, wellBehaved, type HostileMode } from '../testing/server.ts';
import { POSTAL_ROWS } from '../testing/territory.ts';
import { buildTree } from '../testing/tree.ts';
import { createApi } from './create-api.ts';
import { ROUTES, type Route } from './routes/routes.ts';
import { requestOf } from './testing/stub.ts';

const host = new TestHost(await buildTree(everyLayer(3), POSTAL_ROWS));
let address = '';
expectNoUnhandledRejections();
beforeAll(async () => {
  address = await host.start();
});
afterEach(() => {
  host.behave = wellBehaved;
});
afterAll(async () => {
  await host.stop();
});

const AT = `geom=${encodeURIComponent(JSON.stringify({ type: 'Point', coordinates: PLACE }))}`;

/** By place, where a route takes one; else by the code in its path. */
function pathOf({ path }: Route): string {
  return path.includes('{') ? `/api${path.replace(/\{.*\}/, '21700')}` : `/api${path}?${AT}`;
}

const MODES = Object.keys(HOSTILE) as HostileMode[];
/** What hosts do that does no harm, or none where a file is small. */
const HARMLESS: readonly HostileMode[] = ['changes its ETag each time', 'ignores Range'];
const STALLS: readonly HostileMode[] = ['accepts and says nothing', 'starts and stalls'];

const REASONS =
  'HostFault Timeout RangeNotSupported WrongRange Truncated NotOurFile CorruptFile NotFound AccessDenied';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** The answers of all routes, asked at once, each of a tree of its own that was opened while the host was well. */
async function askAll(mode?: HostileMode): Promise<Answer[]> {
  const timeoutMs = mode !== undefined && STALLS.includes(mode) ? 1500 : 30_000;
  const trees = await Promise.all(ROUTES.map(() => openCarto(address, { timeoutMs })));
  if (mode !== undefined) host.behave = HOSTILE[mode];
  const asking = ROUTES.map(async (route, i): Promise<Answer> => {
    const [carto] = trees.slice(i);
    if (carto === undefined) throw new Error('a tree for each route');
    const response = await createApi(carto)(requestOf('GET', pathOf(route)));
    const text = (await response.text()).replace(/"timeStamp":"[^"]*"/g, '"timeStamp":""');
    return { status: response.status, type: response.headers.get('content-type'), text };
  });
  return Promise.all(asking);
}

let truths: readonly Answer[] = [];
beforeAll(async () => {
  truths = await askAll();
});

it('asks questions that have answers', () => {
  for (const { status, text } of truths) {
    expect(status).toBe(200);
    expect(text).not.toContain('"features":[]');
    expect(JSON.parse(text)).not.toEqual([]);
  }
});

function expectFault({ status, type, text }: Answer, path: string): void {
  expect([path, status, type]).toEqual([path, 502, 'application/json; charset=utf-8']);
  const body = JSON.parse(text) as Readonly<Record<string, unknown>>;
  expect(Object.keys(body)).toEqual(['code', 'message', 'reason', 'retryable', 'details']);
  expect(body).toMatchObject({ code: 502, message: expect.stringMatching(/\w/) as string });
  expect(REASONS.split(' ')).toContain(body['reason']);
  expect(typeof body['retryable']).toBe('boolean');
}

describe('every route, with a host that', () => {
  it.each(MODES)('%s', async (mode) => {
    const answers = await askAll(mode);
    for (const [i, answer] of answers.entries()) {
      const { path = '', kind } = ROUTES[i] ?? {};
      // Tables of postal codes are whole files: modes about ranges serve them well.
      const mayBeRight = HARMLESS.includes(mode) || kind === 'communes postales';
      if (answer.status === 200 && mayBeRight) expect(answer).toEqual(truths[i]);
      else expectFault(answer, path);
    }
  });
});
