/**
 * Every way in which a host fails, met by whole queries: the right answer or a typed
 * error, in time, and the next question answered as if nothing had been.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCartoError, type CartoErrorCode } from './errors.ts';
import { openCarto, type Carto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import { seededRandom } from './testing/random.ts';
import { expectNoUnhandledRejections } from './testing/rejections.ts';
import { HOSTILE, TestHost, wellBehaved, type Behaviour, type HostileMode } from './testing/server.ts';
import { POSTAL_ROWS, TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

const files = await buildTree(TERRITORY, POSTAL_ROWS);
const host = new TestHost(files);
let address = '';
// First, so that it ends last: what the host leaves behind counts too.
expectNoUnhandledRejections();
beforeAll(async () => {
  address = await host.start();
});
beforeEach(() => {
  host.behave = wellBehaved;
  host.requests.length = 0;
});
afterAll(async () => {
  await host.stop();
});

type Query = (carto: Carto, signal?: AbortSignal) => Promise<unknown>;

/** By place, by place with geometries out of the features' own file, by id, by key. */
const QUERIES: readonly Query[] = [
  async (carto, signal) => {
    const geom = { type: 'Point', coordinates: [5, 47.25] };
    return (await carto.query('cadastre/parcelle', { geom, signal })).features;
  },
  async (carto, signal) => {
    const geom = { type: 'LineString', coordinates: [[4.9, 47.2], [5.1, 47.3]] }; // prettier-ignore
    return (await carto.query('gpu/zone-urba', { geom, signal })).features;
  },
  async (carto, signal) =>
    (await carto.query('cadastre/parcelle', { idu: '21231000AA0001', signal })).features,
  async (carto, signal) =>
    (await carto.query('cadastre/parcelle', { code_insee: '97411', section: 'AA', signal })).features,
];

const truths = await Promise.all(QUERIES.map(async (query) => query(await openCarto(memoryTree(files)))));

const STALLS: readonly HostileMode[] = ['accepts and says nothing', 'starts and stalls'];

/** For a host that stalls, not longer than one wants to wait in a test. */
function open(mode?: HostileMode): Promise<Carto> {
  return openCarto(address, mode !== undefined && STALLS.includes(mode) ? { timeoutMs: 700 } : {});
}

async function outcomeOf(asking: Promise<unknown>): Promise<unknown> {
  return asking.catch((error: unknown) => error);
}

/** The right answer, or a typed error. */
function expectHonest(outcome: unknown, ...truth: readonly unknown[]): void {
  if (isCartoError(outcome)) return;
  expect(truth.map((each) => JSON.stringify(each))).toContain(JSON.stringify(outcome));
}

async function expectWell(carto: Carto): Promise<void> {
  for (const [i, query] of QUERIES.entries()) expect(await query(carto)).toEqual(truths[i]);
}

it('asks questions that have answers', () => {
  for (const truth of truths) expect((truth as readonly unknown[]).length).toBeGreaterThan(0);
});

/** What whole queries make of each mode. */
const EXPECTED: Readonly<Record<HostileMode, readonly CartoErrorCode[] | 'right'>> = {
  'ignores Range': ['RangeNotSupported'],
  'sends another range, and says so': ['WrongRange'],
  'sends another range, and hides it': ['CorruptFile'],
  'sends another file': ['NotOurFile'],
  'sends a short body with consistent headers': ['Truncated'],
  'hides Content-Range and ends early': ['Truncated'],
  'hides Content-Range and sends too much': ['WrongRange'],
  'cuts the connection': ['Truncated'],
  'gzips the range': ['WrongRange'],
  'sends a part of its gzipped form': ['WrongRange'],
  'flips a bit': ['CorruptFile'],
  'changes its ETag each time': 'right',
  'answers with the page of a site': ['NotOurFile'],
  'answers with several parts': ['Truncated', 'WrongRange'],
  'has no such file': ['NotFound'],
  'has it no more': ['NotFound'],
  'refuses access': ['AccessDenied'],
  'says that the range is past the end': ['NotOurFile'],
  fails: ['HostFault'],
  'asks to wait': ['HostFault'],
  'accepts and says nothing': ['Timeout'],
  'starts and stalls': ['Timeout'],
  'drops the connection': ['HostFault'],
};

const MODES = Object.keys(EXPECTED) as HostileMode[];

describe('a host that misbehaves for ranges', () => {
  it.each(MODES)('and %s', async (mode) => {
    const carto = await open(mode);
    host.misbehave(mode);
    for (const [i, query] of QUERIES.entries()) {
      host.requests.length = 0;
      const outcome = await outcomeOf(query(carto));
      const codes = EXPECTED[mode];
      if (codes === 'right') expect(outcome).toEqual(truths[i]);
      // Files of up to 64 kB may be taken whole.
      else if (mode === 'ignores Range') expectHonest(outcome, truths[i]);
      else expect(codes).toContain(isCartoError(outcome) ? outcome.code : outcome);
      // Each range is asked for twice at most; Node's fetch itself repeats what was dropped.
      const ranges = host.requests.filter((path) => path !== 'catalogue.json');
      if (codes !== 'right' && mode !== 'drops the connection')
        expect(ranges.length).toBeLessThanOrEqual(2 * 6);
    }
    host.behave = wellBehaved;
    await expectWell(carto);
  });

  it('and ignores them for a large file: told so, which is never downloaded', async () => {
    const carto = await open();
    host.misbehave('ignores Range');
    await expect(QUERIES[0]?.(carto)).rejects.toMatchObject({ code: 'RangeNotSupported' });
  });
});

describe('a host that misbehaves from one request on, the catalogue included', () => {
  it.each(MODES.filter((mode) => !STALLS.includes(mode)))('and %s', async (mode) => {
    for (const [i, query] of QUERIES.entries()) {
      for (let from = 0; from < 4; from++) {
        let request = 0;
        host.behave = (exchange) => {
          (request++ >= from ? HOSTILE[mode] : wellBehaved)(exchange);
        };
        expectHonest(await outcomeOf(open().then((carto) => query(carto))), truths[i]);
      }
    }
  });
});

describe('a host that fails once', () => {
  const passing = ['cuts the connection', 'fails', 'drops the connection', 'flips a bit'] as const;
  it.each([...passing, 'sends another range, and hides it', 'starts and stalls'] as const)(
    'and %s, is asked again and answered from, whichever request it was',
    async (mode) => {
      const carto = await openCarto(memoryTree(files));
      for (const [i, query] of QUERIES.entries()) {
        for (let at = 1; at < 4; at++) {
          let request = 0;
          host.behave = (exchange) => {
            (request++ === at ? HOSTILE[mode] : wellBehaved)(exchange);
          };
          expect(await query(await open(mode))).toEqual(truths[i]);
        }
      }
      await expectWell(carto);
    },
  );
});

describe('a host where anything goes wrong at any time', () => {
  it('gives right answers and typed errors to many queries at once, and harms none that follow', async () => {
    const random = seededRandom(20_261_122);
    const fast = MODES.filter((mode) => EXPECTED[mode] !== 'right' && !EXPECTED[mode].includes('Timeout'));
    for (let round = 0; round < 10; round++) {
      const carto = await open();
      const behave: Behaviour = (exchange) => {
        const mode = fast[Math.floor(random() * fast.length)];
        (random() < 0.5 && mode !== undefined ? HOSTILE[mode] : wellBehaved)(exchange);
      };
      host.behave = behave;
      const controllers = Array.from({ length: 40 }, () => new AbortController());
      const asked = controllers.map(({ signal }, i) =>
        outcomeOf(QUERIES[i % 4]?.(carto, signal) ?? Promise.reject(new Error())),
      );
      for (const controller of controllers) if (random() < 0.3) controller.abort(new Error('enough'));
      for (const [i, outcome] of (await Promise.all(asked)).entries()) {
        if (controllers[i]?.signal.aborted === true) continue;
        expectHonest(outcome, truths[i % 4]);
      }
      host.behave = wellBehaved;
      await expectWell(carto);
    }
  });
});

describe('a tree that is not there', () => {
  it.each<[HostileMode, CartoErrorCode]>([
    ['answers with the page of a site', 'NotOurFile'],
    ['has no such file', 'NotFound'],
    ['refuses access', 'AccessDenied'],
    ['accepts and says nothing', 'Timeout'],
    ['cuts the connection', 'Truncated'],
  ])('on a host that %s: %s', async (mode, code) => {
    host.behave = HOSTILE[mode];
    await expect(open(mode)).rejects.toMatchObject({ code });
  });
});

describe('a tree whose files are gone', () => {
  it('is an error that says to open it again', async () => {
    const carto = await open();
    host.behave = ({ path, response }) =>
      path === 'catalogue.json' ? response.writeHead(503).end() : response.writeHead(404).end();
    await expect(QUERIES[0]?.(carto)).rejects.toThrow('open it again');
  });
});
