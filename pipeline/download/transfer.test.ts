/** What a server or the network does to a file on its way: rows D1–D9, D15 and D16 of the failures. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { hashOf, HOST, useDownloads, wantedZip, zipOf } from '../testing/upstream/downloads.ts';
import { etagOf } from '../testing/upstream/answer.ts';
import { partialKey } from './partial.ts';
import type { Kind, Wanted } from './wanted.ts';

const downloads = useDownloads();
const FILE = zipOf(50_000);
const PATH = '/file.zip';
const CUT = 20_000;

function failure(code: string, message: RegExp): unknown {
  return expect.objectContaining({ code, message: expect.stringMatching(message) as string });
}

function serve(body: Uint8Array = FILE): void {
  downloads.upstream.serve(HOST, PATH, body);
}

/** The first bytes come, and no more however often they are asked for. */
async function breakOff(): Promise<void> {
  serve();
  downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
  downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: 0 });
  await expect(downloads.fetch(wantedZip())).rejects.toEqual(
    failure('DownloadFailed', /the connection was cut.*; tried 6 times/),
  );
}

async function expectWhole(body: Uint8Array = FILE, wanted: Wanted = wantedZip()): Promise<void> {
  const { path, sha256, length } = await downloads.fetch(wanted);
  expect({ sha256, length }).toEqual({ sha256: hashOf(body), length: body.length });
  expect(readFileSync(path).equals(body)).toBe(true);
  expect(downloads.locked().get(wanted.name)?.sha256).toBe(sha256);
}

describe('D1: a file that is not there any more', () => {
  it.each([404, 410])(
    '(status %i) is named with its address and the day it was last good',
    async (status) => {
      serve();
      await downloads.fetch(wantedZip());
      const before = readFileSync(downloads.folder.path('sources.lock.json'), 'utf8');
      rmSync(downloads.folder.path('downloads'), { recursive: true });
      downloads.upstream.fault(HOST, PATH, { kind: 'status', status });
      downloads.upstream.forget();
      await expect(downloads.fetch(wantedZip())).rejects.toEqual(
        failure(
          'SourceGone',
          /^file\.zip: https:\/\/data\.geopf\.fr\/file\.zip: status 4.*last good on 2026-11-22/,
        ),
      );
      expect(downloads.upstream.requests).toHaveLength(1);
      expect(readFileSync(downloads.folder.path('sources.lock.json'), 'utf8')).toBe(before);
    },
  );

  it('is given from the store when it is locked and there', async () => {
    serve();
    await downloads.fetch(wantedZip());
    downloads.upstream.fault(HOST, PATH, { kind: 'status', status: 404 });
    await expectWhole();
    expect(downloads.progress.at(-1)).toMatchObject({
      state: 'kept',
      note: expect.stringMatching(/not known whether it has changed.*status 404/) as string,
    });
  });
});

const KINDS: readonly Kind[] = ['zip', '7z', 'gz', 'csv', 'xml', 'gpkg', 'fgb'];

describe('D2: an error page in HTML with status 200', () => {
  it.each([...KINDS, 'json'] as const)('is no %s, is not stored, and is told by its title', async (kind) => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'html' });
    await expect(downloads.fetch(wantedZip({ kind }))).rejects.toEqual(
      failure('BadDownload', new RegExp(`not ${kind} but a web page, “Maintenance”; tried 2 times`)),
    );
    expect(downloads.stored().size).toBe(0);
    expect(downloads.locked().size).toBe(0);
  });

  it('is refused whatever its Content-Type says', async () => {
    serve(Buffer.from('\ufeff<!-- proxy -->\n<HTML><body>Blocked</body></HTML>'));
    await expect(downloads.fetch(wantedZip({ kind: 'csv' }))).rejects.toEqual(
      failure('BadDownload', /a web page/),
    );
  });

  it('is no catalogue either', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'html' });
    await expect(downloads.downloader().text(`https://${HOST}${PATH}`)).rejects.toEqual(
      failure('BadDownload', /a web page in place of a catalogue/),
    );
  });

  it('that passes does no harm', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'html' }, 1);
    await expectWhole();
  });
});

describe('D3: an error in JSON with status 200', () => {
  it.each(KINDS)('is no %s, and is not stored', async (kind) => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'json' });
    await expect(downloads.fetch(wantedZip({ kind }))).rejects.toEqual(
      failure('BadDownload', new RegExp(`not ${kind} but JSON: {"error"`)),
    );
    expect(downloads.stored().size).toBe(0);
  });
});

describe('D4: a connection that is cut', () => {
  it('is gone on with, under the condition that the file is the same still', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
    await expectWhole();
    expect(downloads.ranges()).toEqual([undefined, `bytes=${CUT}-`]);
    expect(downloads.upstream.requests[1]?.headers['if-range']).toBe(etagOf(FILE));
  });

  it('is begun again when the file is another one by then', async () => {
    await breakOff();
    downloads.upstream.heal(HOST, PATH);
    const other = zipOf(50_000, 2);
    serve(other);
    await expectWhole(other);
    expect(downloads.stored().size).toBe(1);
  });

  it.each([
    ['Last-Modified when there is no ETag', { etag: '' }, 'Mon, 21 Sep 2026 21:39:54 GMT'],
    ['Last-Modified when the ETag is weak', { etag: 'W/"1"' }, 'Mon, 21 Sep 2026 21:39:54 GMT'],
  ])('is gone on with by %s', async (_, headers, condition) => {
    downloads.upstream.serve(HOST, PATH, { body: FILE, headers });
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
    await expectWhole();
    expect(downloads.upstream.requests[1]?.headers).toMatchObject({
      'if-range': condition,
      range: `bytes=${CUT}-`,
    });
  });

  it('is begun again where nothing tells one version from another', async () => {
    downloads.upstream.serve(HOST, PATH, { body: FILE, headers: { etag: 'W/"1"', 'last-modified': '' } });
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
    await expectWhole();
    expect(downloads.ranges()).toEqual([undefined, undefined]);
  });

  it('any number of times, as long as something comes', async () => {
    const large = zipOf(9 << 20);
    serve(large);
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: 1 << 20 });
    await expectWhole(large);
    expect(downloads.upstream.requests.length).toBeGreaterThan(6);
  });

  it('before its status is tried again', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'reset' }, 2);
    await expectWhole();
  });
});

describe('D5: a part that is asked for, and all that comes', () => {
  it('is taken from the start', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
    downloads.upstream.fault(HOST, PATH, { kind: 'no-range' });
    await expectWhole();
    expect(downloads.ranges()).toEqual([undefined, `bytes=${CUT}-`]);
  });
});

describe('D6: a part that is asked for, and another that comes', () => {
  it.each([1, 500])('(%i bytes earlier) is not appended', async (by) => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
    downloads.upstream.fault(HOST, PATH, { kind: 'shifted-range', by }, 1);
    await expectWhole();
    expect(downloads.ranges()).toEqual([undefined, `bytes=${CUT}-`, undefined]);
  });

  it('of another version, by a server that heeds no condition, is not appended', async () => {
    await breakOff();
    downloads.upstream.heal(HOST, PATH);
    const other = zipOf(50_000, 2);
    serve(other);
    downloads.upstream.fault(HOST, PATH, { kind: 'no-if-range' });
    await expectWhole(other);
  });

  // Data Fair, as La Poste runs it, gives parts without an ETag and without having read If-Range.
  it.each([
    ['Last-Modified', zipOf(50_000, 2), 'Tue, 22 Sep 2026 06:00:00 GMT'],
    ['its length', zipOf(51_000, 2), ''],
  ])('of another version that %s alone tells of is not appended', async (_, other, lastModified) => {
    downloads.upstream.serve(HOST, PATH, { body: FILE, headers: { etag: '' } });
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: 0 });
    await expect(downloads.fetch(wantedZip())).rejects.toThrow();
    downloads.upstream.heal(HOST, PATH);
    const headers = { etag: '', 'last-modified': lastModified };
    downloads.upstream.serve(HOST, PATH, { body: other, headers });
    downloads.upstream.fault(HOST, PATH, { kind: 'no-if-range' });
    await expectWhole(other);
  });
});

describe('D7: a file of which nothing is missing', () => {
  /** As a process leaves it that is killed when all has come and nothing is checked. */
  function leaveBehind(bytes: Uint8Array, total: number | null, wanted = wantedZip()): void {
    const folder = downloads.folder.path('downloads', 'partial', partialKey(wanted));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'bytes'), bytes);
    const version = { etag: etagOf(bytes), lastModified: null, total };
    writeFileSync(join(folder, 'version.json'), JSON.stringify(version));
  }

  it('is taken when the server says that no byte is left', async () => {
    serve();
    leaveBehind(FILE, null);
    await expectWhole();
    expect(downloads.ranges()).toEqual([`bytes=${FILE.length}-`]);
  });

  it('is taken without a word from the server when its length is known', async () => {
    serve();
    leaveBehind(FILE, FILE.length);
    await expectWhole();
    expect(downloads.upstream.requests).toHaveLength(0);
  });

  it('is not taken when its hash is not the announced one: it is begun again', async () => {
    serve();
    const wanted = wantedZip({ checksum: { algorithm: 'md5', hex: hashOf(FILE, 'md5') } });
    leaveBehind(zipOf(50_000, 2), null, wanted);
    downloads.upstream.fault(HOST, PATH, { kind: 'no-if-range' });
    await expectWhole(FILE, wanted);
    expect(downloads.ranges()).toEqual([`bytes=${FILE.length}-`, undefined]);
  });

  it('is begun again when it is shorter by now; the error’s body is written nowhere', async () => {
    const shorter = zipOf(30_000, 3);
    leaveBehind(FILE, null);
    serve(shorter);
    downloads.upstream.fault(HOST, PATH, { kind: 'no-if-range' });
    await expectWhole(shorter);
    expect([...downloads.stored().values()].some((bytes) => bytes.includes('Satisfiable'))).toBe(false);
  });
});

describe('D8: a body that ends early', () => {
  it('again and again is given up, and nothing is in the store', async () => {
    await breakOff();
    expect(downloads.stored().size).toBe(0);
    expect(downloads.locked().size).toBe(0);
  });

  it.each([true, false])(
    'without a Content-Length (in chunks: %s) is refused by its own ending',
    async (chunked) => {
      serve();
      downloads.upstream.fault(HOST, PATH, { kind: 'unsized', chunked, after: CUT });
      await expect(downloads.fetch(wantedZip())).rejects.toEqual(
        failure('BadDownload', /the zip has no directory at its end; tried 2 times/),
      );
      expect(downloads.stored().size).toBe(0);
    },
  );

  it('and is as long as nobody says is refused, for a kind that does not tell', async () => {
    serve(Buffer.from('a;b\n'.repeat(500)));
    downloads.upstream.fault(HOST, PATH, { kind: 'unsized', chunked: false, after: 1500 });
    await expect(downloads.fetch(wantedZip({ kind: 'csv' }))).rejects.toEqual(
      failure('BadDownload', /nobody says how long it is/),
    );
  });

  it('than the catalogue announces is refused', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'unsized', chunked: true });
    await expect(downloads.fetch(wantedZip({ length: FILE.length + 1 }))).rejects.toEqual(
      failure('BadDownload', new RegExp(`${FILE.length} bytes came of ${FILE.length + 1}`)),
    );
  });

  it('than its Content-Length is whole all the same when server and file agree on its end', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'length', length: FILE.length + 100 }, 1);
    await expectWhole();
    expect(downloads.ranges()).toEqual([undefined, `bytes=${FILE.length}-`]);
  });

  it('by a Content-Length that is too small is refused by its own ending', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'length', length: CUT });
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(
      failure('BadDownload', /no directory at its end/),
    );
  });

  it('is not, without any Content-Length, when the file says itself that it is whole', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'unsized', chunked: false });
    await expectWhole();
  });
});

describe('D9: a body that does not end', () => {
  it('is left at the announced length', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'endless' });
    await expect(downloads.fetch(wantedZip({ length: FILE.length }))).rejects.toEqual(
      failure(
        'BadDownload',
        new RegExp(`more than the ${FILE.length} bytes that are announced; tried 2 times`),
      ),
    );
    expect(downloads.stored().size).toBe(0);
  });

  it('is left at the ceiling where nothing is announced', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'endless' });
    await expect(downloads.fetch(wantedZip(), {}, { maxBytes: 1e6 })).rejects.toEqual(
      failure('DownloadFailed', /more than 1000000 bytes: no file is that large$/),
    );
    expect(downloads.upstream.requests).toHaveLength(1);
  });

  it('of a catalogue neither', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'endless' });
    await expect(downloads.downloader().text(`https://${HOST}${PATH}`, { maxBytes: 1e6 })).rejects.toEqual(
      failure('DownloadFailed', /no catalogue is that large/),
    );
  });

  it('that is said to be of another length than announced is not begun', async () => {
    serve();
    await expect(downloads.fetch(wantedZip({ length: 12 }))).rejects.toEqual(
      failure('BadDownload', new RegExp(`the server has ${FILE.length} bytes, the catalogue announces 12`)),
    );
  });
});

describe('D15: a transfer that stalls', () => {
  const slow = { bytes: 1000, windowMs: 500 };

  it('is cut, and gone on with', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'stall', after: CUT }, 1);
    const { sha256 } = await downloads.fetch(wantedZip(), {}, { slow });
    expect(sha256).toBe(hashOf(FILE));
    expect(downloads.ranges().slice(0, 2)).toEqual([undefined, `bytes=${CUT}-`]);
    expect(downloads.progress.map(({ note }) => note).join()).toMatch(/stalled: \d+ bytes in 0\.5 s/);
  });

  it('for good is given up', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'stall', after: 0 });
    await expect(downloads.fetch(wantedZip(), {}, { slow, tries: 3 })).rejects.toEqual(
      failure('DownloadFailed', /stalled.*; tried 3 times/),
    );
  });

  it('drop by drop is cut too', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'drip', bytes: 1, everyMs: 5 }, 1);
    expect((await downloads.fetch(wantedZip(), {}, { slow })).sha256).toBe(hashOf(FILE));
  });

  it('before its headers are there is cut', async () => {
    downloads.upstream.serve(HOST, '/slow.json', '{}');
    downloads.upstream.fault(HOST, '/slow.json', { kind: 'stall', after: 0 }, 1);
    const downloader = downloads.downloader({}, { slow });
    await expect(downloader.text(`https://${HOST}/slow.json`)).resolves.toBe('{}');
  });
});

describe('D16: a body that says it is compressed', () => {
  it.each<[Kind, Uint8Array]>([
    ['zip', FILE],
    ['gz', gzipSync(FILE)],
  ])('and is a %s as it came is stored as it came', async (kind, body) => {
    serve(body);
    downloads.upstream.fault(HOST, PATH, { kind: 'labelled-gzip' });
    const checksum = { algorithm: 'md5', hex: hashOf(body, 'md5').toUpperCase() } as const;
    await expectWhole(body, wantedZip({ kind, checksum }));
  });

  it.each<[Kind, Uint8Array]>([
    ['zip', FILE],
    ['csv', Buffer.from('a;b\n'.repeat(1000))],
  ])('for its transport is the %s that was compressed', async (kind, body) => {
    serve(body);
    downloads.upstream.fault(HOST, PATH, { kind: 'gzip' });
    await expectWhole(body, wantedZip({ kind, checksum: { algorithm: 'sha256', hex: hashOf(body) } }));
  });

  it('and is not, as a table is, is stored as it came', async () => {
    const body = Buffer.from('a;b\n'.repeat(1000));
    serve(body);
    downloads.upstream.fault(HOST, PATH, { kind: 'labelled-gzip' });
    await expectWhole(body, wantedZip({ kind: 'csv' }));
  });

  it('and is damaged is refused after a second try', async () => {
    const body = gzipSync('a;b\n'.repeat(1000));
    body.writeUInt8(body.readUInt8(body.length - 6) ^ 1, body.length - 6);
    serve(body);
    downloads.upstream.fault(HOST, PATH, { kind: 'labelled-gzip' });
    await expect(downloads.fetch(wantedZip({ kind: 'csv' }))).rejects.toEqual(
      failure('BadDownload', /its compression is damaged \(incorrect data check\); tried 2 times/),
    );
  });

  it('is asked of nobody', async () => {
    serve();
    await expectWhole();
    expect(downloads.upstream.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('and is cut is begun again: no part of it can be asked for', async () => {
    serve();
    const gzipped = gzipSync(FILE);
    downloads.upstream.serve(HOST, PATH, { body: gzipped, headers: { 'content-encoding': 'gzip' } });
    downloads.upstream.fault(HOST, PATH, { kind: 'cut', after: CUT }, 1);
    await expectWhole();
    expect(downloads.ranges()).toEqual([undefined, undefined]);
  });
});

describe('a truncated archive with all its headers right', () => {
  const half = FILE.subarray(0, 25_000);

  it('is refused after a second try, checksum or not', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'body', body: half });
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(
      failure('BadDownload', /the zip has no directory at its end; tried 2 times/),
    );
    expect(downloads.upstream.requests).toHaveLength(2);
    expect(downloads.stored().size).toBe(0);
  });

  it('that is whole the second time is taken', async () => {
    serve();
    downloads.upstream.fault(HOST, PATH, { kind: 'body', body: half }, 1);
    await expectWhole();
  });
});

describe('a checksum', () => {
  it.each(['md5', 'sha1', 'sha256'] as const)(
    'by %s that is another is refused after a second try',
    async (algorithm) => {
      serve();
      const checksum = { algorithm, hex: hashOf(zipOf(10, 9), algorithm) };
      await expect(downloads.fetch(wantedZip({ checksum }))).rejects.toEqual(
        failure(
          'BadDownload',
          new RegExp(`its ${algorithm} is ${hashOf(FILE, algorithm)}, the catalogue announces`),
        ),
      );
      expect(downloads.upstream.requests).toHaveLength(2);
      expect(existsSync(downloads.folder.path('sources.lock.json'))).toBe(false);
    },
  );
});
