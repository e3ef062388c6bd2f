/** Who is asked, how often and how long: rows D12–D14 of the failures, and the manners of a client. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hashOf, HOST, useDownloads, wantedZip, zipOf } from '../testing/upstream/downloads.ts';
import { networkTrouble } from './trouble.ts';
import { startUntrusted } from '../testing/upstream/untrusted.ts';

const downloads = useDownloads();
const FILE = zipOf(5000);
const PATH = '/file.zip';
const ELSEWHERE = 'static.data.gouv.fr';

function failure(code: string, message: RegExp): unknown {
  return expect.objectContaining({ code, message: expect.stringMatching(message) as string });
}

function serve(host = HOST, path = PATH): void {
  downloads.upstream.serve(host, path, FILE);
}

function redirect(location: string, path = PATH): void {
  downloads.upstream.fault(HOST, path, { kind: 'redirect', location });
}

async function expectWhole(): Promise<void> {
  expect((await downloads.fetch(wantedZip())).sha256).toBe(hashOf(FILE));
}

describe('D12: a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    '(status %i) to another host of a producer is followed',
    async (status) => {
      serve(ELSEWHERE, '/resources/file.zip');
      const location = `https://${ELSEWHERE}/resources/file.zip`;
      downloads.upstream.fault(HOST, PATH, { kind: 'redirect', location, status });
      await expectWhole();
      expect(downloads.upstream.requests.map(({ host }) => host)).toEqual([HOST, ELSEWHERE]);
      expect(downloads.locked().get('file.zip')?.url).toBe(wantedZip().url);
    },
  );

  it('relative to where it was met is followed', async () => {
    serve(HOST, '/deeper/file.zip');
    redirect('deeper/file.zip');
    await expectWhole();
  });

  it('to itself is followed five times, and refused', async () => {
    redirect(PATH);
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(
      failure('DownloadFailed', /more than 5 redirects, the last to https:\/\/data\.geopf\.fr\/file\.zip$/),
    );
    expect(downloads.upstream.requests).toHaveLength(6);
  });

  it('that goes back and forth is refused', async () => {
    redirect('/other.zip');
    redirect(PATH, '/other.zip');
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(
      failure('DownloadFailed', /more than 5 redirects/),
    );
  });

  it.each([
    [`http://${HOST}/file.zip`, /http is not https/],
    ['https://example.org/file.zip', /example\.org is no producer's host/],
    ['https://evil-geopf.fr/file.zip', /is no producer's host/],
    ['https://169.254.169.254/latest/meta-data/', /is no producer's host/],
    ['https://localhost/file.zip', /is no producer's host/],
    ['file:///etc/passwd', /file is not https/],
    [`https://${HOST}:8443/file.zip`, /it names a port/],
    [`https://me:secret@${HOST}/file.zip`, /it holds a password/],
  ])('to %s is not followed', async (location, why) => {
    redirect(location);
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(failure('DownloadFailed', why));
    expect(downloads.upstream.requests).toHaveLength(1);
  });

  it('is not needed for an address to be refused: a catalogue may not say it either', async () => {
    const url = 'http://169.254.169.254/file.zip';
    await expect(downloads.fetch(wantedZip({ url }))).rejects.toEqual(
      failure('DownloadFailed', /not asked: http is not https/),
    );
    await expect(downloads.downloader().text('javascript:alert(1)')).rejects.toEqual(
      failure('DownloadFailed', /javascript is not https/),
    );
  });
});

describe('D13: a server that is busy', () => {
  it.each([429, 503])('(status %i) is asked again after as many seconds as it says', async (status) => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status, retryAfter: '7' }, 2);
    await expectWhole();
    expect(downloads.clock.pauses.filter((pause) => pause === 7000)).toHaveLength(2);
  });

  it('is asked again at the time that it says', async () => {
    serve();
    const retryAfter = new Date(downloads.clock.now() + 90_000).toUTCString();
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 503, retryAfter }, 1);
    await expectWhole();
    expect(downloads.clock.pauses).toContain(90_000);
  });

  it('for longer than anybody waits is asked again after five minutes', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 429, retryAfter: '86400' }, 1);
    await expectWhole();
    expect(Math.max(...downloads.clock.pauses)).toBe(300_000);
  });

  it.each([
    ['now', '0'],
    ['at a time that is past', 'Sun, 22 Nov 2026 11:00:00 GMT'],
  ])('that wants to be asked again %s is asked ever more rarely too', async (_, retryAfter) => {
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 503, retryAfter });
    await expect(downloads.fetch(wantedZip(), {}, { random: () => 1 })).rejects.toThrow('tried 6 times');
    expect(downloads.clock.pauses.filter((pause) => pause >= 1000)).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });

  // The Géoplateforme banned for five minutes who asked more than once a second, in autumn 2025.
  it('that counts requests is left alone for a minute each time where it does not say how long', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 429 }, 5);
    const start = downloads.clock.now();
    await expectWhole();
    expect(downloads.clock.now() - start).toBeGreaterThanOrEqual(300_000);
  });

  it('that counts requests is asked half as often from then on', async () => {
    const names = Array.from({ length: 5 }, (_, i) => `/f${i}.zip`);
    for (const name of names) serve(HOST, name);
    downloads.upstream.fault(HOST, '/f0.zip', { kind: 'status', status: 429, retryAfter: '5' }, 2);
    const wanted = names.map((name) => wantedZip({ url: `https://${HOST}${name}`, name: name.slice(1) }));
    await downloads.downloader({ parallel: 1 }).fetchAll(wanted);
    expect(downloads.clock.pauses.slice(-4)).toEqual([1000, 1000, 1000, 1000]);
  });

  it.each([500, 502, 503, 504, 408])(
    '(status %i) is asked ever more rarely, and given up',
    async (status) => {
      serve();
      downloads.upstream.fault(HOST, PATH, { kind: 'status', status });
      await expect(downloads.fetch(wantedZip(), {}, { random: () => 1 })).rejects.toEqual(
        failure('DownloadFailed', new RegExp(`status ${status}; tried 6 times$`)),
      );
      expect(downloads.upstream.requests).toHaveLength(6);
      expect(downloads.clock.pauses.filter((pause) => pause >= 1000)).toEqual([
        1000, 2000, 4000, 8000, 16_000,
      ]);
    },
  );

  it('is not asked by all at once: pauses are spread by lot', async () => {
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 503 });
    await expect(downloads.fetch(wantedZip(), {}, { random: () => 0 })).rejects.toThrow();
    expect(downloads.clock.pauses.filter((pause) => pause >= 500)).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  it('is given up when its time is up, however many attempts are left', async () => {
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 429, retryAfter: '100' });
    await expect(downloads.fetch(wantedZip(), {}, { deadlineMs: 250_000 })).rejects.toEqual(
      failure('DownloadFailed', /status 429, to be asked again in 100 s; tried 3 times/),
    );
  });

  it.each([400, 401, 403, 418])('is not one that refuses (status %i): it is asked once', async (status) => {
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status });
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(
      failure('DownloadFailed', new RegExp(`status ${status}(: refused to this machine, .*CARTO_CONTACT|$)`)),
    );
    expect(downloads.upstream.requests).toHaveLength(1);
  });
});

describe('D14: a host', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('whose name is not resolved is tried three times', async () => {
    const origins = new Map([[`https://${HOST}`, 'http://nowhere.invalid']]);
    await expect(downloads.fetch(wantedZip(), { origins })).rejects.toEqual(
      failure('DownloadFailed', /its name is not resolved.*nowhere\.invalid.*; tried 3 times/),
    );
  });

  it('that takes the connection and says nothing is given up', async () => {
    downloads.upstream.fault(HOST, PATH, { kind: 'silence' });
    await expect(downloads.fetch(wantedZip(), {}, { answerMs: 300, tries: 2 })).rejects.toEqual(
      failure('DownloadFailed', /it does not answer.*; tried 2 times/),
    );
    expect(downloads.upstream.requests).toHaveLength(2);
  });

  it('that refuses connections is tried three times', async () => {
    const downloader = downloads.downloader();
    await downloads.upstream.stop();
    await expect(downloader.fetchAll([wantedZip()])).rejects.toEqual(
      failure('DownloadFailed', /it refuses the connection.*; tried 3 times/),
    );
  });

  it('whose certificate nobody vouches for is told nothing, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const server = await startUntrusted();
    const origins = new Map([[`https://${HOST}`, server.origin]]);
    await expect(downloads.fetch(wantedZip(), { origins })).rejects.toEqual(
      failure('DownloadFailed', /its certificate is not accepted.*; tried 3 times/),
    );
    expect({ connections: server.connections(), requests: server.requests() }).toEqual({
      connections: 3,
      requests: 0,
    });
    await server.stop();
  });
});

describe('what the system says', () => {
  const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

  it('of several addresses of a host is all told', () => {
    const errors = [
      coded('ENETUNREACH', 'connect ENETUNREACH ::1'),
      coded('ETIMEDOUT', 'connect ETIMEDOUT 1.2.3.4'),
    ];
    const error = Object.assign(new AggregateError(errors), { code: 'ENETUNREACH' });
    expect(networkTrouble(error, 6)).toMatchObject({
      message: 'there is no way to it from here (connect ENETUNREACH ::1, connect ETIMEDOUT 1.2.3.4)',
      tries: 3,
    });
  });

  it.each([
    ['ETIMEDOUT', 'it does not answer', 6],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'it does not speak TLS', 3],
    ['EHOSTUNREACH', 'there is no way to it from here', 3],
  ])('(%s) is put into words', (code, words, tries) => {
    expect(networkTrouble(coded(code), 6)).toMatchObject({ message: `${words} (${code})`, tries });
  });
});

describe('a proxy', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('of the environment is gone through', async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', ({ url }: { url?: string }, socket) => {
      asked.push(url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    vi.stubEnv('https_proxy', `http://127.0.0.1:${port}`);
    vi.stubEnv('no_proxy', '');
    await expect(downloads.fetch(wantedZip(), { origins: new Map() }, { tries: 2 })).rejects.toEqual(
      failure('DownloadFailed', /; tried 2 times/),
    );
    proxy.close();
    expect(new Set(asked)).toEqual(new Set([`${HOST}:443`]));
  });

  it('may be named without a scheme, and that it lets nothing through is said', async () => {
    const proxy = createServer();
    proxy.on('connect', (_, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    vi.stubEnv('https_proxy', `127.0.0.1:${port}`);
    vi.stubEnv('no_proxy', '');
    await expect(downloads.fetch(wantedZip(), { origins: new Map() })).rejects.toEqual(
      failure('DownloadFailed', /the proxy does not let it through \(.*407.*\); tried 3 times/),
    );
    proxy.close();
  });

  it('of another kind is refused, without its password', () => {
    vi.stubEnv('https_proxy', 'socks5://me:secret@proxy.example:1080');
    expect(() => downloads.downloader({ origins: new Map() })).toThrow(
      /^the environment's https_proxy is no address of an http or https proxy, but begins with socks5:\/\/; such/,
    );
  });

  it('that is empty is none', () => {
    vi.stubEnv('https_proxy', '');
    vi.stubEnv('HTTPS_PROXY', 'socks5://proxy.example');
    vi.stubEnv('http_proxy', '');
    expect(() => downloads.downloader({ origins: new Map() })).not.toThrow();
  });
});

describe('the manners of a client', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('are to say its name and version, and a contact when there is one', async () => {
    serve();
    await expectWhole();
    expect(downloads.upstream.requests[0]?.headers['user-agent']).toMatch(
      /^carto-statique\/\d+\.\d+\.\d+ \(.+\)$/,
    );
    vi.stubEnv('CARTO_CONTACT', 'sig@métropole.example\r\nX: y (z)');
    await downloads.downloader().head(wantedZip().url);
    expect(downloads.upstream.requests.at(-1)?.headers['user-agent']).toMatch(
      /; sig@mtropole\.exampleX: y z\)$/,
    );
  });

  it('are to ask a host four times a second and no more, redirects included', async () => {
    const names = Array.from({ length: 6 }, (_, i) => `/f${i}.zip`);
    for (const name of names) serve(HOST, name);
    const wanted = names.map((name) => wantedZip({ url: `https://${HOST}${name}`, name: name.slice(1) }));
    const start = downloads.clock.now();
    await downloads.downloader({ parallel: 1 }).fetchAll(wanted);
    expect(downloads.clock.now() - start).toBe(5 * 250);
  });

  it('are to leave a host alone that said so to another request', async () => {
    serve();
    serve(HOST, '/other.zip');
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 429, retryAfter: '60' }, 1);
    const other = wantedZip({ url: `https://${HOST}/other.zip`, name: 'other.zip' });
    await downloads.downloader({ parallel: 1 }).fetchAll([wantedZip(), other]);
    expect(downloads.upstream.requests.map(({ path }) => path)).toEqual([PATH, PATH, '/other.zip']);
    expect(downloads.clock.pauses).toContain(60_000);
  });

  it('are to stop when they are told to, and to go on from there', async () => {
    const large = zipOf(100_000);
    downloads.upstream.serve(HOST, PATH, large);
    downloads.upstream.fault(HOST, PATH, { kind: 'stall', after: 40_000 }, 1);
    const stop = new AbortController();
    const onProgress = (): void => {
      if (downloads.upstream.requests.length > 0) stop.abort();
    };
    await expect(downloads.fetch(wantedZip(), { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
    expect(existsSync(downloads.folder.path('sources.lock.json'))).toBe(false);
    expect((await downloads.fetch(wantedZip())).sha256).toBe(hashOf(large));
  });
});

describe('the headers of an address', () => {
  it('are told without its body', async () => {
    serve();
    const head = await downloads.downloader().head(wantedZip().url);
    expect(head).toEqual({
      status: 200,
      length: FILE.length,
      etag: expect.any(String) as string,
      lastModified: 'Mon, 21 Sep 2026 21:39:54 GMT',
    });
    expect(downloads.upstream.requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it.each([405, 501, 403, 404, 400])('are asked for by one byte where HEAD has status %i', async (status) => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status }, 1);
    expect(await downloads.downloader().head(wantedZip().url)).toMatchObject({
      status: 200,
      length: FILE.length,
    });
    expect(downloads.ranges()).toEqual([undefined, 'bytes=0-0']);
  });

  it.each([404, 403])('are told of what is not given (status %i) too', async (status) => {
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status });
    expect(await downloads.downloader().head(wantedZip().url)).toMatchObject({ status });
  });

  it('say no length where it is that of what is compressed on its way', async () => {
    const headers = { 'content-encoding': 'gzip' };
    downloads.upstream.serve(HOST, PATH, { body: FILE, headers });
    expect(await downloads.downloader().head(wantedZip().url)).toMatchObject({ status: 200, length: null });
  });

  it('are those of the last attempt where a bad moment does not pass', async () => {
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 503 });
    expect(await downloads.downloader().head(wantedZip().url)).toMatchObject({ status: 503, length: null });
    expect(downloads.upstream.requests).toHaveLength(6);
  });
});

describe('the text of a catalogue', () => {
  const url = `https://${HOST}/capabilities`;

  it('is read whole after a bad moment', async () => {
    downloads.upstream.serve(HOST, '/capabilities', '<feed>été</feed>');
    downloads.upstream.fault(HOST, '/capabilities', { kind: 'cut', after: 4 }, 1);
    downloads.upstream.fault(HOST, '/capabilities', { kind: 'status', status: 503 }, 1);
    await expect(downloads.downloader().text(url)).resolves.toBe('<feed>été</feed>');
  });

  it('may be compressed', async () => {
    downloads.upstream.serve(HOST, '/capabilities', '{"a":1}');
    downloads.upstream.fault(HOST, '/capabilities', { kind: 'gzip' });
    await expect(downloads.downloader().text(url)).resolves.toBe('{"a":1}');
  });

  it('may be a web page where one is expected', async () => {
    downloads.upstream.serve(HOST, '/capabilities', '<html><a href="2026-06-01/"></a></html>');
    await expect(downloads.downloader().text(url, { html: true })).resolves.toContain('2026-06-01');
  });

  it('may be a web page with words in Latin-1', async () => {
    const page = Buffer.from('<a href="2026-06-01/">Acc\xe8s</a>', 'latin1');
    downloads.upstream.serve(HOST, '/capabilities', page);
    await expect(downloads.downloader().text(url, { html: true })).resolves.toContain('2026-06-01');
  });

  it.each([
    ['empty', '', /an empty answer/],
    ['not UTF-8', Buffer.from('Acc\xe8s', 'latin1'), /not UTF-8/],
  ])('that is %s is refused', async (_, body, message) => {
    downloads.upstream.serve(HOST, '/capabilities', body);
    await expect(downloads.downloader().text(url)).rejects.toEqual(failure('BadDownload', message));
  });

  it('is asked for anew each time', async () => {
    downloads.upstream.serve(HOST, '/capabilities', '1');
    const downloader = downloads.downloader();
    await downloader.text(url);
    downloads.upstream.serve(HOST, '/capabilities', '2');
    await expect(downloader.text(url)).resolves.toBe('2');
  });
});
