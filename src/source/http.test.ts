import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CartoErrorCode } from '../errors.ts';
import { TestHost, wellBehaved, type HostileMode } from '../testing/server.ts';
import { httpTree } from './http.ts';

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
const host = new TestHost(
  new Map([
    ['data/a.bin', bytes],
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

describe('a tree behind a good host', () => {
  it('gives exactly the range asked for', async () => {
    expect([...(await tree().open('data/a.bin', 100).read(7, 5))]).toEqual([7, 8, 9, 10, 11]);
  });

  it('gives whole files', async () => {
    expect(await tree().whole('data/a.bin')).toEqual(bytes);
  });

  it('asks for plain ranges that browsers neither preflight nor cache', async () => {
    const inits: RequestInit[] = [];
    const watching: typeof fetch = (input, init) => {
      inits.push(init ?? {});
      return fetch(input, init);
    };
    await httpTree(base, { fetch: watching, timeoutMs: 10_000 }).open('data/a.bin', 100).read(7, 5);
    expect(inits).toMatchObject([{ headers: { Range: 'bytes=7-11' }, cache: 'no-store' }]);
  });

  it('takes a whole file for the range that spans it', async () => {
    host.misbehave('ignores Range');
    expect(await tree().open('data/a.bin', 100).read(0, 100)).toEqual(bytes);
  });

  it('rejects with the reason of the signal', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    host.misbehave('starts and stalls');
    const reading = tree().open('data/a.bin', 100).read(7, 5, controller.signal);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await expect(tree().whole('data/a.bin', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('a tree behind a hostile host', () => {
  const outcomes: Readonly<Record<HostileMode, CartoErrorCode>> = {
    'ignores Range': 'RangeNotSupported',
    'sends another range, and says so': 'WrongRange',
    'sends another file': 'NotOurFile',
    'sends a short body with consistent headers': 'Truncated',
    'hides Content-Range and ends early': 'Truncated',
    'hides Content-Range and sends too much': 'WrongRange',
    'cuts the connection': 'Truncated',
    'gzips the range': 'WrongRange',
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

  it.each(Object.entries(outcomes))('that %s: %s, which names the file', async (mode, code) => {
    host.misbehave(mode as HostileMode);
    const reading = tree(300).open('data/a.bin', 100).read(7, 5);
    await expect(reading).rejects.toMatchObject({ name: 'CartoError', code });
    await expect(reading).rejects.toThrow('/data/a.bin');
  });

  it('refuses a page in place of a whole file', async () => {
    host.behave = ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>');
    };
    await expect(tree().whole('data/b.json')).rejects.toMatchObject({ code: 'NotOurFile' });
  });

  it('says what a host cannot be reached', async () => {
    const gone = new TestHost(new Map());
    const address = await gone.start();
    await gone.stop();
    const reading = httpTree(new URL(address), { fetch, timeoutMs: 10_000 }).whole('catalogue.json');
    await expect(reading).rejects.toMatchObject({ code: 'HostFault', retryable: true });
  });

  it('tells how long the host asks to wait', async () => {
    host.misbehave('asks to wait');
    await expect(tree().open('data/a.bin', 100).read(7, 5)).rejects.toMatchObject({
      details: { httpStatus: 429, retryAfterMs: 3_600_000 },
    });
  });
});
