/** What is kept between runs, and what changes under it: rows D10, D11 and D19 of the failures. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lock } from '../build/lock.ts';
import { hashOf, HOST, useDownloads, wantedZip, zipOf } from '../testing/upstream/downloads.ts';
import { layOut } from './laid-out.ts';
import { keepLocked } from './lock-file.ts';
import { partialKey } from './partial.ts';
import { Store } from './store.ts';
import type { Wanted } from './wanted.ts';

const downloads = useDownloads();
const PATH = '/file.zip';
/** Of one length, so that no length tells them apart. */
const [OLD, NEW] = [zipOf(5000, 1), zipOf(5000, 2)];

function failure(code: string, message: RegExp): unknown {
  return expect.objectContaining({ code, message: expect.stringMatching(message) as string });
}

function md5(bytes: Uint8Array): Wanted['checksum'] {
  return { algorithm: 'md5', hex: hashOf(bytes, 'md5') };
}

/** Fetches the old file, and has the new one served in its place. */
async function replace(wanted: Wanted): Promise<string> {
  downloads.upstream.serve(HOST, PATH, OLD);
  await downloads.fetch(wanted);
  downloads.upstream.serve(HOST, PATH, NEW);
  downloads.upstream.forget();
  return readFileSync(downloads.folder.path('sources.lock.json'), 'utf8');
}

describe('D10: a file of the right length and other bytes', () => {
  it('in the store is found out before it is used, and fetched again', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    const wanted = wantedZip({ checksum: md5(OLD) });
    const { path } = await downloads.fetch(wanted);
    chmodSync(path, 0o644);
    writeFileSync(path, NEW);
    expect((await downloads.fetch(wanted)).path).toBe(path);
    expect(readFileSync(path).equals(OLD)).toBe(true);
    expect(downloads.upstream.requests).toHaveLength(2);
  });

  it('on the server is found out by its hash where nothing is announced', async () => {
    await replace(wantedZip());
    rmSync(downloads.folder.path('downloads'), { recursive: true });
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(failure('SourceChanged', /./));
  });
});

describe('D11: a source that has changed under the same name', () => {
  it('by its server’s word stops everything and shows both', async () => {
    const lock = await replace(wantedZip({ edition: '2026-09-21' }));
    const error = await downloads
      .fetch(wantedZip({ edition: '2026-09-21' }))
      .catch((thrown: unknown) => thrown);
    expect(error).toEqual(failure('SourceChanged', /a source has changed under the same name.*carto update/));
    expect((error as Error).message).toContain(hashOf(OLD));
    expect((error as Error).message).toContain(hashOf(NEW));
    expect((error as Error).message).toContain('edition 2026-09-21');
    expect(error).toMatchObject({
      changes: [{ name: 'file.zip', locked: { sha256: hashOf(OLD) }, found: { sha256: hashOf(NEW) } }],
    });
    expect(readFileSync(downloads.folder.path('sources.lock.json'), 'utf8')).toBe(lock);
    expect([...downloads.stored().keys()]).toContain(hashOf(OLD));
  });

  it('by its catalogue’s word stops everything before anything is asked for', async () => {
    const lock = await replace(wantedZip({ checksum: md5(OLD) }));
    const changed = wantedZip({ checksum: md5(NEW) });
    downloads.upstream.serve(HOST, '/other.zip', OLD);
    const other = wantedZip({ name: 'other.zip', url: `https://${HOST}/other.zip` });
    await expect(downloads.downloader().fetchAll([other, changed])).rejects.toEqual(
      failure('SourceChanged', new RegExp(`sha256 ${hashOf(OLD)}.*md5:${hashOf(NEW, 'md5')}`)),
    );
    expect(downloads.upstream.requests).toHaveLength(0);
    expect(readFileSync(downloads.folder.path('sources.lock.json'), 'utf8')).toBe(lock);
  });

  it.each(['server', 'catalogue'])('(by its %s’s word) is taken over when that is accepted', async (word) => {
    const [before, after] = word === 'server' ? [null, null] : [md5(OLD), md5(NEW)];
    await replace(wantedZip({ checksum: before }));
    const wanted = wantedZip({ checksum: after });
    const { sha256 } = await downloads.fetch(wanted, { accept: ({ name }) => name === 'file.zip' });
    expect(sha256).toBe(hashOf(NEW));
    expect(downloads.locked().get('file.zip')).toMatchObject({ sha256, length: NEW.length });
    downloads.upstream.forget();
    await expect(downloads.fetch(wanted)).resolves.toMatchObject({ sha256 });
  });

  it('by its licence alone is shown too: that is for people to read', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    const licence = 'Licence Ouverte 2.0';
    await downloads.fetch(wantedZip({ checksum: md5(OLD), licence }));
    const closed = wantedZip({ checksum: md5(OLD), licence: 'Tous droits réservés' });
    await expect(downloads.fetch(closed)).rejects.toEqual(
      failure('SourceChanged', /licence Licence Ouverte 2\.0.*licence Tous droits réservés/),
    );
    await downloads.fetch(closed, { accept: () => true });
    expect(downloads.locked().get('file.zip')?.licence).toBe('Tous droits réservés');
    expect(downloads.upstream.requests).toHaveLength(1);
  });

  it('is none when its catalogue has a new edition at a new address', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    downloads.upstream.serve(HOST, '/2026-09/file.zip', NEW);
    await downloads.fetch(wantedZip({ checksum: md5(OLD), edition: '2026-08-29' }));
    const next = wantedZip({
      checksum: md5(NEW),
      edition: '2026-09-05',
      url: `https://${HOST}/2026-09/file.zip`,
    });
    expect((await downloads.fetch(next)).sha256).toBe(hashOf(NEW));
    expect(downloads.locked().get('file.zip')).toMatchObject({ edition: '2026-09-05', url: next.url });
  });

  it('is none when it is served again with another date and the same bytes', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    await downloads.fetch(wantedZip());
    downloads.clock.pass(86_400_000);
    downloads.upstream.serve(HOST, PATH, { body: OLD, headers: { etag: '"touched"' } });
    await downloads.fetch(wantedZip());
    expect(downloads.locked().get('file.zip')).toMatchObject({ etag: '"touched"', fetched: '2026-11-22' });
  });
});

describe('D19: two mirrors that disagree', () => {
  it('are told apart by the locked hash, which wins', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    downloads.upstream.serve('files.opendatarchives.fr', PATH, NEW);
    await downloads.fetch(wantedZip());
    const mirror = wantedZip({ url: 'https://files.opendatarchives.fr/file.zip' });
    await expect(downloads.fetch(mirror)).rejects.toEqual(
      failure(
        'SourceChanged',
        new RegExp(`locked on .*${hashOf(OLD)}.*now at https://files.*${hashOf(NEW)}`),
      ),
    );
    expect(downloads.locked().get('file.zip')?.sha256).toBe(hashOf(OLD));
  });

  it('are one when they agree', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    downloads.upstream.serve('files.opendatarchives.fr', PATH, OLD);
    const { path } = await downloads.fetch(wantedZip());
    const mirror = wantedZip({ url: 'https://files.opendatarchives.fr/file.zip' });
    expect((await downloads.fetch(mirror)).path).toBe(path);
    expect(downloads.stored().size).toBe(1);
  });
});

describe('a second run', () => {
  const vouched = wantedZip({ checksum: md5(OLD), length: OLD.length });

  it('asks nothing of what its catalogue vouches for', async () => {
    const lock = await replace(vouched);
    const downloader = downloads.downloader();
    await downloads.upstream.stop();
    await expect(downloader.fetchAll([vouched])).resolves.toMatchObject([{ sha256: hashOf(OLD) }]);
    expect(readFileSync(downloads.folder.path('sources.lock.json'), 'utf8')).toBe(lock);
  });

  it('asks of the rest whether it is another, and fetches nothing', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    await downloads.fetch(wantedZip());
    const { mtimeMs } = statSync(downloads.folder.path('sources.lock.json'));
    downloads.upstream.forget();
    await downloads.fetch(wantedZip());
    expect(downloads.upstream.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      downloads.locked().get('file.zip')?.etag,
    ]);
    expect(downloads.progress.at(-1)).toMatchObject({ state: 'kept', note: null });
    expect(statSync(downloads.folder.path('sources.lock.json')).mtimeMs).toBe(mtimeMs);
  });

  it('asks by date where there is no tag', async () => {
    downloads.upstream.serve(HOST, PATH, { body: OLD, headers: { etag: '' } });
    await downloads.fetch(wantedZip());
    await downloads.fetch(wantedZip());
    expect(downloads.upstream.requests[1]?.headers['if-modified-since']).toBe(
      'Mon, 21 Sep 2026 21:39:54 GMT',
    );
    expect(downloads.progress.at(-1)).toMatchObject({ state: 'kept', note: null });
  });

  it('that is told to be offline asks nothing at all', async () => {
    await replace(wantedZip());
    await expect(downloads.fetch(wantedZip(), { offline: true })).resolves.toMatchObject({
      sha256: hashOf(OLD),
    });
    expect(downloads.upstream.requests).toHaveLength(0);
  });

  it('after some files have failed fetches those alone', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    const bad = wantedZip({ name: 'bad.zip', url: `https://${HOST}/bad.zip` });
    const worse = wantedZip({ name: 'worse.zip', url: `https://${HOST}/worse.zip` });
    await expect(downloads.downloader().fetchAll([bad, vouched, worse])).rejects.toEqual(
      failure('SourceGone', /2 of 3 files could not be downloaded: bad\.zip: .*status 404.* \| worse\.zip: /),
    );
    downloads.upstream.serve(HOST, '/bad.zip', NEW);
    downloads.upstream.serve(HOST, '/worse.zip', NEW);
    downloads.upstream.forget();
    const all = await downloads.downloader().fetchAll([bad, vouched, worse]);
    expect(all.map(({ wanted }) => wanted.name)).toEqual(['bad.zip', 'file.zip', 'worse.zip']);
    expect(downloads.upstream.requests.map(({ path }) => path).sort()).toEqual(['/bad.zip', '/worse.zip']);
  });
});

describe('the disk', () => {
  it('is asked for its room before anything is fetched', async () => {
    const wanted = wantedZip({ length: 10 ** 17 });
    await expect(downloads.fetch(wanted, {}, { maxBytes: 10 ** 18 })).rejects.toEqual(
      failure(
        'SystemFailed',
        /no room in .*downloads: 100 PB are needed to download 1 file, .*; .*B are there$/,
      ),
    );
    expect(downloads.upstream.requests).toHaveLength(0);
  });

  it.skipIf(!existsSync('/dev/full'))('that is full is said to be, at once', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    const partial = downloads.folder.path('downloads', 'partial', partialKey(wantedZip()), 'bytes');
    mkdirSync(dirname(partial), { recursive: true });
    symlinkSync('/dev/full', partial);
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(
      failure('SystemFailed', /^file\.zip: the disk is full in .*downloads: ENOSPC/),
    );
    expect(downloads.upstream.requests).toHaveLength(1);
    expect(downloads.stored().size).toBe(0);
  });
});

describe('the store', () => {
  it('has each content once, read-only, and nothing aside when all is well', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    downloads.upstream.serve(HOST, '/same.zip', OLD);
    const same = wantedZip({ name: 'same.zip', url: `https://${HOST}/same.zip` });
    const [one, two] = await downloads.downloader().fetchAll([wantedZip(), same]);
    expect(one?.path).toBe(two?.path);
    expect(statSync(one?.path ?? '').mode & 0o222).toBe(0);
    expect(readdirSync(downloads.folder.path('downloads', 'partial'))).toEqual([]);
  });

  it('is pruned of what nobody locks, and of what never came whole', async () => {
    await replace(wantedZip());
    await downloads.fetch(wantedZip(), { accept: () => true });
    downloads.upstream.serve(HOST, '/cut.zip', OLD);
    downloads.upstream.fault(HOST, '/cut.zip', { kind: 'cut', after: 3000 }, 1);
    downloads.upstream.fault(HOST, '/cut.zip', { kind: 'reset' });
    const cut = wantedZip({ name: 'cut.zip', url: `https://${HOST}/cut.zip` });
    await expect(downloads.fetch(cut)).rejects.toThrow();
    const store = new Store(downloads.folder.path('downloads'));
    const kept = new Set([...downloads.locked().values()].map(({ sha256 }) => sha256));
    const release = lock(store.claimFolder('somebody'));
    expect(() => store.prune(kept)).toThrow(expect.objectContaining({ code: 'Busy' }));
    release();
    expect(store.prune(kept)).toMatchObject({ files: 3, bytes: expect.any(Number) as number });
    expect([...downloads.stored().keys()]).toEqual([hashOf(NEW)]);
    expect(store.prune(kept)).toEqual({ files: 0, bytes: 0 });
  });

  it('is laid out under the files’ own names, and again without those that are no more', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    downloads.upstream.serve(HOST, '/b.7z.001', NEW);
    const b = wantedZip({ name: 'b.zip', url: `https://${HOST}/b.7z.001` });
    const files = await downloads.downloader().fetchAll([wantedZip(), b]);
    const folder = layOut(downloads.folder.path('work', 'source'), files);
    expect(readdirSync(folder).sort()).toEqual(['b.zip', 'file.zip']);
    expect(readFileSync(join(folder, 'b.zip')).equals(NEW)).toBe(true);
    layOut(folder, files.slice(0, 1));
    expect(readdirSync(folder)).toEqual(['file.zip']);
    expect(readdirSync(dirname(folder))).toEqual(['source']);
  });
});

describe('the lock file', () => {
  it('is sorted, a line a fact, with all that was announced and served', async () => {
    downloads.upstream.serve(HOST, PATH, OLD);
    downloads.upstream.serve(HOST, '/a.zip', { body: NEW, headers: { etag: '' } });
    const a = wantedZip({ name: 'a.zip', url: `https://${HOST}/a.zip`, edition: '2026', licence: 'LO 2.0' });
    await downloads.downloader().fetchAll([wantedZip({ checksum: md5(OLD) }), a]);
    expect(readFileSync(downloads.folder.path('sources.lock.json'), 'utf8')).toBe(`{
  "version": 1,
  "sources": {
    "a.zip": {
      "url": "https://data.geopf.fr/a.zip",
      "length": ${NEW.length},
      "sha256": "${hashOf(NEW)}",
      "announced": null,
      "edition": "2026",
      "licence": "LO 2.0",
      "etag": null,
      "lastModified": "Mon, 21 Sep 2026 21:39:54 GMT",
      "fetched": "2026-11-22"
    },
    "file.zip": {
      "url": "https://data.geopf.fr/file.zip",
      "length": ${OLD.length},
      "sha256": "${hashOf(OLD)}",
      "announced": "md5:${hashOf(OLD, 'md5')}",
      "edition": null,
      "licence": null,
      "etag": "\\"${hashOf(OLD).slice(0, 16)}\\"",
      "lastModified": "Mon, 21 Sep 2026 21:39:54 GMT",
      "fetched": "2026-11-22"
    }
  }
}
`);
  });

  it.each([
    ['no JSON, as after a merge', '<<<<<<< HEAD\n', /not a lock file: /],
    ['of another version', '{"version":2,"sources":{}}', /not a lock file: version: /],
    ['without a hash', '{"version":1,"sources":{"a":{"url":"x"}}}', /not a lock file: sources\.a\./],
  ])('that is %s is refused before anything is asked for', async (_, content, message) => {
    downloads.folder.write('sources.lock.json', content);
    await expect(downloads.fetch(wantedZip())).rejects.toEqual(failure('BadSourcesFile', message));
    expect(downloads.upstream.requests).toHaveLength(0);
  });

  it('forgets names that are wanted no more when it is told to', async () => {
    await replace(wantedZip());
    const path = downloads.folder.path('sources.lock.json');
    expect(keepLocked(path, new Set(['file.zip']))).toEqual([]);
    expect(keepLocked(path, new Set(['other.zip']))).toEqual(['file.zip']);
    expect(downloads.locked().size).toBe(0);
  });

  it.each(['../file.zip', 'a/b.zip', '', '..'])('holds no name such as %j', async (name) => {
    await expect(downloads.fetch(wantedZip({ name }))).rejects.toEqual(
      failure('BadSourcesFile', /is no file name/),
    );
    expect(existsSync(downloads.folder.path('sources.lock.json'))).toBe(false);
  });

  it('holds no name twice', async () => {
    const other = wantedZip({ url: `https://${HOST}/other.zip` });
    await expect(downloads.downloader().fetchAll([wantedZip(), other])).rejects.toEqual(
      failure('BadSourcesFile', /file\.zip names two files: .*\/file\.zip, .*\/other\.zip/),
    );
  });
});
