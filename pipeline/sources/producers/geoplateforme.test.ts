import { describe, expect, it } from 'vitest';
import { feedXml, type FeedEntry } from '../../testing/upstream/atom-feed.ts';
import type { FakeFile } from '../../testing/upstream/example-file.ts';
import { HOST, serveResource, type Edition } from '../../testing/upstream/geoplateforme.ts';
import { announceParcellaireExpress } from './parcellaire-express.ts';
import { parseTerritoire } from './territoire.ts';
import { useUpstream } from './testing/upstream.ts';

const { upstream, downloader } = useUpstream();

const RESOURCE = '/telechargement/resource/PARCELLAIRE-EXPRESS';
const CODES = [...Array.from({ length: 95 }, (_, i) => String(i + 1).padStart(2, '0')), '2A', '2B'];
const FRANCE = [...CODES.filter((code) => code !== '20'), '971', '972', '973', '974', '976'];

function file(name: string): FakeFile {
  return { name, bytes: Buffer.from(name) };
}

function edition(departement: string, date: string, files?: readonly FakeFile[]): Edition {
  const zone = `D${departement.padStart(3, '0')}`;
  const name = `PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_${zone}_${date}`;
  return { name, zone, format: 'SHP', date, files: files ?? [file(`${name}.7z`)] };
}

function serve(editions: readonly Edition[]): void {
  serveResource(upstream, 'PARCELLAIRE-EXPRESS', editions);
}

function announce(territoire: string) {
  return announceParcellaireExpress(downloader, parseTerritoire(territoire));
}

/** Pages as a server in trouble gives them: whatever is asked for, `pages` in turn. */
function servePages(pages: readonly (readonly FeedEntry[])[], total: number): void {
  let turn = 0;
  upstream.serve(HOST, RESOURCE, () => {
    const page = turn++ % pages.length;
    const paging = { page: page + 1, pageSize: 1, pageCount: pages.length, total };
    return feedXml('PARCELLAIRE-EXPRESS', pages[page] ?? [], paging);
  });
}

function entry(departement: string): FeedEntry {
  const { name, zone, format } = edition(departement, '2026-03-01');
  const href = `https://${HOST}${RESOURCE}/${name}`;
  const type = 'application/atom+xml';
  return { id: href, title: name, href, type, content: name, zone, format, editionDate: '2026-03-01' };
}

describe('Parcellaire Express', () => {
  it('is the newest shapefile of each département, with its length and MD5', async () => {
    const other = { ...edition('21', '2026-03-01'), format: 'GPKG', name: 'PARCELLAIRE-EXPRESS_1-1__GPKG' };
    serve([edition('21', '2025-12-01'), edition('21', '2026-03-01'), other, edition('2A', '2026-03-01')]);
    const [first, second, ...rest] = await announce('2A,21');
    expect(rest).toEqual([]);
    expect(first?.id).toBe('cadastre/parcellaire-express/2A');
    expect(second).toMatchObject({
      edition: '2026-03-01',
      licence: 'Licence Ouverte / Open Licence 2.0',
      entry: { dataset: 'cadastre', format: 'parcellaire-express', departement: '21' },
    });
    const name = 'PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01';
    expect(second?.files).toEqual([
      {
        url: `https://data.geopf.fr/telechargement/download/PARCELLAIRE-EXPRESS/${name}/${name}.7z`,
        name: `${name}.7z`,
        length: `${name}.7z`.length,
        checksum: { algorithm: 'md5', hex: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
        kind: '7z',
      },
    ]);
  });

  it('is not an old one when shapefiles have ended', async () => {
    const next = {
      ...edition('21', '2026-06-01'),
      format: 'GPKG',
      name: 'PARCELLAIRE-EXPRESS_2-0__GPKG_D021',
    };
    serve([edition('21', '2026-03-01'), next]);
    await expect(announce('21')).rejects.toThrow(
      'the newest shapefile of 21 (Côte-d’Or) is of 2026-03-01, and there is PARCELLAIRE-EXPRESS_2-0__GPKG_D021',
    );
    serve([next]);
    await expect(announce('21')).rejects.toThrow('no shapefile of 21 (Côte-d’Or) is announced');
  });

  it('is every département for France, over several pages', async () => {
    serve(FRANCE.flatMap((code) => [edition(code, '2025-12-01'), edition(code, '2026-03-01')]));
    const announced = await announce('france');
    expect(announced.map(({ id }) => id.split('/')[2]).sort()).toEqual([...FRANCE].sort());
    const pages = upstream.requests.filter(({ path }) => path.startsWith(`${RESOURCE}?`));
    expect(pages.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('page'))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });

  it('is not France without a département', async () => {
    serve(FRANCE.filter((code) => !['2B', '48'].includes(code)).map((code) => edition(code, '2026-03-01')));
    await expect(announce('france')).rejects.toThrow('France without the départements 2B, 48');
  });

  it('has nothing of a département that is not announced, and says so', async () => {
    serve([edition('21', '2026-03-01')]);
    const refusal =
      /^IGN \(Géoplateforme\) › https:.*zone=D975.*: no shapefile of 975 \(Saint-Pierre-et-Miquelon\) is announced$/;
    await expect(announce('975')).rejects.toThrow(refusal);
    // A service that does not hear the filter.
    const page = { page: 1, pageSize: 50, pageCount: 1, total: 1 };
    upstream.serve(HOST, RESOURCE, feedXml('x', [entry('21')], page));
    await expect(announce('975')).rejects.toThrow(refusal);
  });

  it('is not chosen among two of one day', async () => {
    const again = {
      ...edition('21', '2026-03-01'),
      name: 'PARCELLAIRE-EXPRESS_1-2__SHP_LAMB93_D021_2026-03-01',
    };
    serve([edition('21', '2026-03-01'), again]);
    await expect(announce('21')).rejects.toThrow(
      'several editions of 2026-03-01 for D021: PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01, PARCELLAIRE-EXPRESS_1-2__SHP_LAMB93_D021_2026-03-01',
    );
  });

  it('comes in parts, all of them or none', async () => {
    const parts = ['a.7z.002', 'a.7z.001', 'a.7z.003'].map(file);
    serve([edition('21', '2026-03-01', parts)]);
    const [announced] = await announce('21');
    expect(announced?.files.map(({ name }) => name)).toEqual(['a.7z.001', 'a.7z.002', 'a.7z.003']);
    serve([edition('21', '2026-03-01', parts.slice(1))]);
    await expect(announce('21')).rejects.toThrow('a.7z.002 is missing among the parts a.7z.001, a.7z.003');
    serve([edition('21', '2026-03-01', [file('a.7z'), file('b.7z')])]);
    await expect(announce('21')).rejects.toThrow('several archives: a.7z, b.7z');
    serve([edition('21', '2026-03-01', [])]);
    await expect(announce('21')).rejects.toThrow(
      'no archive among the files: PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01.md5',
    );
  });

  it('is the 7z beside a zip, and the zip where there is no 7z', async () => {
    const files = async (...names: string[]) => {
      serve([edition('21', '2026-03-01', names.map(file))]);
      const [announced] = await announce('21');
      return announced?.files.map(({ name, kind }) => [name, kind]);
    };
    expect(await files('a.zip', 'a.7z')).toEqual([['a.7z', '7z']]);
    expect(await files('a.zip')).toEqual([['a.zip', 'zip']]);
  });

  it('is read from feeds that say less, or the same twice', async () => {
    const page = { page: 1, pageSize: 50, pageCount: 1, total: 1 };
    const own = { ...entry('21'), format: 'shp', editionDate: '2026-03-01T00:00:00Z' };
    const feed = (name: string, one: FeedEntry) => feedXml(name, [one], page).replace(/ gpf_dl:page="1"/, '');
    upstream.serve(HOST, RESOURCE, feed('PARCELLAIRE-EXPRESS', own));
    const href = `https://${HOST}/telechargement/download/PARCELLAIRE-EXPRESS/a/a.7z.001`;
    const part = { id: href, title: '', href, type: 'application/x-7z-compressed', content: 'f'.repeat(32) };
    const link = new RegExp('(<link[^>]*/>)');
    const parts = feed('a', part).replace(link, (one) => one + one.replace('alternate', 'section'));
    upstream.serve(HOST, `${RESOURCE}/${own.title}`, parts);
    const [announced] = await announce('21');
    expect(announced?.edition).toBe('2026-03-01');
    expect(announced?.files.map(({ name, checksum }) => [name, checksum?.hex])).toEqual([
      ['a.7z.001', 'f'.repeat(32)],
    ]);
  });

  it('takes the MD5 from the file beside it when the feed gives none', async () => {
    const name = 'PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01';
    serve([edition('21', '2026-03-01')]);
    const link = (file: string) =>
      `https://${HOST}/telechargement/download/PARCELLAIRE-EXPRESS/${name}/${file}`;
    const entries = [`${name}.7z`, `${name}.md5`].map((file) => {
      return {
        id: link(file),
        title: '',
        href: link(file),
        type: 'application/octet-stream',
        content: 'archive',
      };
    });
    const page = { page: 1, pageSize: 50, pageCount: 1, total: 2 };
    upstream.serve(HOST, `${RESOURCE}/${name}`, feedXml(name, entries, page));
    const [announced] = await announce('21');
    expect(announced?.files[0]?.checksum?.hex).toMatch(/^[0-9a-f]{32}$/);
    expect(announced?.files[0]?.length).toBeNull();
  });
});

describe('a feed in pages', () => {
  it.each([
    ['repeats an entry', [[entry('21')], [entry('21')]], 2, 'stands on two pages'],
    ['is shorter than it says', [[entry('21')], [entry('25')]], 3, '2 entries on 2 pages of 3'],
  ])('that %s is refused', async (_what, pages, total, message) => {
    servePages(pages, total);
    await expect(announce('21')).rejects.toMatchObject({
      code: 'BadCatalogue',
      message: expect.stringContaining(message) as string,
    });
  });

  it('that is empty is not France', async () => {
    servePages([[]], 0);
    await expect(announce('france')).rejects.toThrow('an empty feed');
  });

  it('that answers another page is refused', async () => {
    const page = { page: 1, pageSize: 1, pageCount: 2, total: 2 };
    upstream.serve(HOST, RESOURCE, feedXml('x', [entry('21')], page));
    await expect(announce('21')).rejects.toThrow('page 2 was asked for, page 1 came');
  });

  it('that changes while it is read is refused', async () => {
    let total = 2;
    upstream.serve(HOST, RESOURCE, (url) => {
      const page = Number(url.searchParams.get('page'));
      return feedXml('x', [entry(page === 1 ? '21' : '25')], {
        page,
        pageSize: 1,
        pageCount: 2,
        total: total++,
      });
    });
    await expect(announce('21')).rejects.toThrow(
      'page 1 says 2 entries, page 2 3: it changed while it was read',
    );
  });

  it.each([
    ['<!DOCTYPE html><html><body>Maintenance<br></body></html>', 'a web page in place of a catalogue'],
    ['<rss version="2.0"/>', 'not an Atom feed, but <rss>'],
    ['<feed xmlns="http://www.w3.org/2005/Atom"></feed>', 'a feed that does not say its pagecount'],
    ['<feed xmlns="http://www.w3.org/2005/Atom">', /not XML \(Unclosed root tag/],
    ['', 'an empty answer'],
    ['<?xml version="1.0"?>', 'an empty document'],
    ['{"error":"too many requests"}', /not XML \(.*begins with "\{/],
  ])('that is none is refused: %s', async (body, message) => {
    upstream.serve(HOST, RESOURCE, body);
    await expect(announce('21')).rejects.toThrow(message);
  });

  it.each([
    ['https://example.org/x.7z', 'a link to example.org, where no producer is known'],
    ['http://data.geopf.fr/x', 'a link that is not https'],
  ])('that links to %s is refused', async (href, message) => {
    upstream.serve(
      HOST,
      RESOURCE,
      feedXml('x', [{ ...entry('21'), href }], { page: 1, pageSize: 50, pageCount: 1, total: 1 }),
    );
    await expect(announce('21')).rejects.toThrow(message);
  });
});
