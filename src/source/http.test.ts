import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCartoError, type CartoErrorCode } from '../errors.ts';
import { HOSTILE, TestHost, wellBehaved, type HostileMode } from '../testing/server.ts';
import { httpTree } from './http.ts';

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
const FILE = { path: 'data/a.bin', length: 100 };
const LARGE = { path: 'data/large.0123456789abcdef.bin', length: 5_000_000 };
const host = new TestHost(
  new Map([
    [FILE.path, bytes],
    [LARGE.path, new Uint8Array(LARGE.length)],
    ['data/b.json', new TextEncoder().encode('{}')],
  ]),
);
let base = new URL('http://127.0.0.1/');

beforeAll(async () => {
  base = new URL(await host.start());
});
beforeEach(() => {
  host.behave = wellBehaved;
});
afterAll(() => host.stop());

function tree(timeoutMs = 10_000) {
  return httpTree(base, { fetch, timeoutMs });
}

const DOCUMENT = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
const ANCHORS = [...DOCUMENT.matchAll(/^#+ (.+)$/gm)].map(
  ([, heading = '']) => `docs/hosting.md#${heading.toLowerCase().replaceAll(' ', '-')}`,
);

/** The error `code`, which names the file and ends with the section of the documentation that helps. */
async function expectHelp(reading: Promise<unknown>, code: CartoErrorCode, path: string): Promise<void> {
  const error = await reading.catch((thrown: unknown) => thrown);
  if (!isCartoError(error)) throw new Error('no typed error', { cause: error });
  expect(error.code).toBe(code);
  expect(error.message).toContain(`/${path}: `);
  expect(error.message.endsWith(`; see ${String(error.details['help'])}`)).toBe(true);
  expect(ANCHORS).toContain(error.details['help']);
}

/** The requests that `ask` makes, as they are given to `fetch`. */
async function requestsOf(ask: (watched: ReturnType<typeof tree>) => Promise<unknown>) {
  const requests: (RequestInit & { readonly url: string })[] = [];
  const watching: typeof fetch = (input, init) => {
    const { url } = new Request(input);
    requests.push({ url: url.slice(base.href.length), ...init });
    return fetch(input, init);
  };
  await ask(httpTree(base, { fetch: watching, timeoutMs: 10_000 }));
  return requests;
}

describe('a tree behind a good host', () => {
  it('gives exactly the range asked for', async () => {
    expect([...(await tree().range(FILE, 7, 5))]).toEqual([7, 8, 9, 10, 11]);
  });

  it('gives whole files', async () => {
    expect(await tree().whole(FILE.path)).toEqual(bytes);
  });

  it('asks for plain ranges that browsers neither preflight nor cache', async () => {
    const [request] = await requestsOf((watched) => watched.range(FILE, 7, 5));
    expect(request).toMatchObject({ url: FILE.path, headers: { Range: 'bytes=7-11' }, cache: 'no-store' });
    expect(Object.keys(request?.headers ?? {})).toEqual(['Range']);
  });

  it('takes from a cache what is named by its content, the catalogue only if it is still good', async () => {
    const named = await requestsOf((watched) => watched.whole(LARGE.path));
    const mutable = await requestsOf((watched) => watched.whole('data/b.json'));
    expect([...named, ...mutable].map(({ cache }) => cache)).toEqual(['default', 'no-cache']);
  });

  it('asks past all caches when it is told to, those on the way too', async () => {
    const ranged = await requestsOf((watched) => watched.range(FILE, 7, 5, undefined, true));
    const whole = await requestsOf((watched) => watched.whole('data/b.json', undefined, true));
    for (const { url } of [...ranged, ...whole]) expect(url).toMatch(/\?fresh=\d+$/);
  });

  it('rejects with the reason of the signal', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    host.misbehave('starts and stalls');
    const reading = tree().range(FILE, 7, 5, controller.signal);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await expect(tree().whole(FILE.path, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('a tree behind a hostile host', () => {
  /** `right`: the fault does no harm; `unseen`: only the checksums tell, which come later. */
  const outcomes: Readonly<Record<HostileMode, CartoErrorCode | 'right' | 'unseen'>> = {
    'ignores Range': 'right',
    'gzips the range': 'WrongRange',
    'changes its ETag each time': 'right',
    'sends another range, and hides it': 'unseen',
    'flips a bit': 'unseen',
    'sends another range, and says so': 'WrongRange',
    'sends another file': 'NotOurFile',
    'sends a short body with consistent headers': 'Truncated',
    'hides Content-Range and ends early': 'Truncated',
    'hides Content-Range and sends too much': 'WrongRange',
    'cuts the connection': 'Truncated',
    'sends a part of its gzipped form': 'WrongRange',
    'answers with the page of a site': 'NotOurFile',
    'answers with several parts': 'WrongRange',
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

  it.each(Object.entries(outcomes))('that %s: %s', async (mode, outcome) => {
    host.misbehave(mode as HostileMode);
    const reading = tree(outcome === 'Timeout' ? 300 : 10_000).range(FILE, 7, 5);
    if (outcome === 'right') expect([...(await reading)]).toEqual([7, 8, 9, 10, 11]);
    else if (outcome === 'unseen') expect(await reading).toHaveLength(5);
    else await expectHelp(reading, outcome, FILE.path);
  });

  it('that ignores ranges of a large file is left before the file has come', async () => {
    let sent = 0;
    host.behave = ({ response, file }) => {
      response.writeHead(200, { 'Content-Length': file.length });
      const send = (): void => {
        if (sent >= file.length || response.destroyed) return;
        sent += 10_000;
        response.write(file.subarray(0, 10_000), () => setTimeout(send, 1));
      };
      send();
    };
    await expectHelp(tree().range(LARGE, 7, 5), 'RangeNotSupported', LARGE.path);
    expect(sent).toBeLessThan(LARGE.length / 10);
  });

  it('that compresses instead of answering ranges is told apart', async () => {
    host.behave = ({ response, file }) => {
      response.writeHead(200, { 'Content-Encoding': 'br' }).end(file);
    };
    const reading = tree().range(LARGE, 7, 5);
    await expectHelp(reading, 'RangeNotSupported', LARGE.path);
    await expect(reading).rejects.toMatchObject({ details: { help: 'docs/hosting.md#compression' } });
  });

  it('refuses a page in place of a whole file', async () => {
    host.behave = HOSTILE['answers with the page of a site'];
    await expectHelp(tree().whole('data/b.json'), 'NotOurFile', 'data/b.json');
  });

  it('says what a host cannot be reached, and whether it is the device that is offline', async () => {
    const gone = new TestHost(new Map());
    const address = new URL(await gone.start());
    await gone.stop();
    const reading = httpTree(address, { fetch, timeoutMs: 10_000 }).whole('catalogue.json');
    await expectHelp(reading, 'HostFault', 'catalogue.json');
    const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { value: { onLine: false }, configurable: true });
    const offline = httpTree(address, { fetch, timeoutMs: 10_000 }).whole('catalogue.json');
    await expect(offline).rejects.toMatchObject({ code: 'Offline', retryable: true });
    if (own === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', own);
  });

  it('tells how long the host asks to wait', async () => {
    host.misbehave('asks to wait');
    await expect(tree().range(FILE, 7, 5)).rejects.toMatchObject({
      details: { httpStatus: 429, retryAfterMs: 3_600_000 },
    });
  });
});
