/** Every way in which a host fails, met by whole queries: the right answer or a typed error, in time. */
import type { Point } from 'geojson';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CartoErrorCode } from './errors.ts';
import { openCarto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import { HOSTILE, TestHost, wellBehaved, type HostileMode } from './testing/server.ts';
import { POSTAL_ROWS, TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

const files = buildTree(TERRITORY, POSTAL_ROWS);
const host = new TestHost(files);
let address = '';
const unhandled: unknown[] = [];
const remember = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', remember);
  address = await host.start();
});
beforeEach(() => {
  host.behave = wellBehaved;
  host.requests.length = 0;
});
afterAll(async () => {
  await host.stop();
  process.off('unhandledRejection', remember);
});

const PLACE: { readonly geom: Point } = { geom: { type: 'Point', coordinates: [5, 47.25] } };

/** For a stalled host: long enough for loopback, short enough to wait for. */
const open = () => openCarto(address, { timeoutMs: 400 });

const EXPECTED: Readonly<Record<HostileMode, CartoErrorCode>> = {
  'ignores Range': 'RangeNotSupported',
  'sends another range, and says so': 'WrongRange',
  'sends another file': 'NotOurFile',
  'sends a short body with consistent headers': 'Truncated',
  'hides Content-Range and ends early': 'Truncated',
  'hides Content-Range and sends too much': 'WrongRange',
  'cuts the connection': 'Truncated',
  'gzips the range': 'WrongRange',
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

/** A second attempt is made for these; a host that asks to wait for an hour is left alone. */
const TRIED_TWICE: readonly CartoErrorCode[] = ['HostFault', 'Timeout', 'Truncated'];

describe('a host that misbehaves for ranges', () => {
  it.each(Object.entries(EXPECTED))(
    'and %s: %s, after one request or two, and no answer',
    async (mode, code) => {
      const carto = await open();
      host.requests.length = 0;
      host.misbehave(mode as HostileMode);
      for (const query of [PLACE, { code_insee: '97411', section: 'AA' }]) {
        host.requests.length = 0;
        await expect(carto.cadastre.parcelles(query)).rejects.toMatchObject({ name: 'CartoError', code });
        const attempts = TRIED_TWICE.includes(code) && mode !== 'asks to wait' ? 2 : 1;
        // Node's fetch itself tries a dropped connection again.
        if (mode !== 'drops the connection') expect(host.requests).toHaveLength(attempts);
      }
      host.behave = wellBehaved;
      expect((await carto.cadastre.parcelles(PLACE)).meta.coverage).toBe('inside');
    },
  );
});

describe('a host that fails once', () => {
  it.each(Object.keys(EXPECTED).filter((mode) => TRIED_TWICE.includes(EXPECTED[mode as HostileMode])))(
    'and %s, is asked again and answered from',
    async (mode) => {
      if (mode === 'asks to wait') return;
      const carto = await open();
      const truth = await (await openCarto(memoryTree(files))).cadastre.parcelles(PLACE);
      let failures = 1;
      host.behave = (exchange) => {
        if (exchange.range !== null && failures-- > 0) HOSTILE[mode as HostileMode](exchange);
        else wellBehaved(exchange);
      };
      const answer = await carto.cadastre.parcelles(PLACE);
      expect(answer.features).toEqual(truth.features);
      // Node's fetch may have made the second attempt by itself.
      expect(answer.meta.requests - truth.meta.requests).toBeLessThanOrEqual(1);
    },
  );
});

describe('a host that fails at any one request', () => {
  it('gives the right answer or the error, whichever request it is', async () => {
    const truth = await (await openCarto(memoryTree(files))).gpu.zonesUrba(PLACE);
    for (let n = 0; n <= truth.meta.requests; n++) {
      for (const mode of ['has no such file', 'fails', 'sends another range, and says so'] as const) {
        const carto = await open();
        let request = 0;
        host.behave = (exchange) => {
          if (exchange.range !== null && request++ === n) HOSTILE[mode](exchange);
          else wellBehaved(exchange);
        };
        const outcome = await carto.gpu.zonesUrba(PLACE).catch((error: unknown) => error);
        if (mode === 'fails' || n === truth.meta.requests)
          expect(outcome).toMatchObject({ features: truth.features });
        else expect(outcome).toMatchObject({ name: 'CartoError', code: EXPECTED[mode] });
        host.behave = wellBehaved;
      }
    }
  });
});

describe('a tree that is not there', () => {
  it.each<[string, CartoErrorCode]>([
    ['answers with the page of a site', 'NotOurFile'],
    ['has no such file', 'NotFound'],
    ['refuses access', 'AccessDenied'],
    ['accepts and says nothing', 'Timeout'],
    ['cuts the connection', 'HostFault'],
  ])('on a host that %s: %s', async (mode, code) => {
    host.behave = HOSTILE[mode as HostileMode];
    await expect(open()).rejects.toMatchObject({ code });
  });
});

describe('a published tree that was replaced', () => {
  it('is an error that says to open it again, never a mix', async () => {
    const carto = await open();
    host.behave = ({ response }) => response.writeHead(404).end();
    await expect(carto.cadastre.parcelles(PLACE)).rejects.toThrow('open it again');
  });
});

describe('none of this', () => {
  it('leaves a rejection that nobody handles', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });
});
