/** What each producer but IGN announces, and what is refused of it. */
import { describe, expect, it } from 'vitest';
import { feedXml, type FeedEntry } from '../../testing/upstream/atom-feed.ts';
import { serveDataset } from '../../testing/upstream/data-gouv.ts';
import { listing } from '../../testing/upstream/folders.ts';
import { announceBdParcellaire } from './bd-parcellaire.ts';
import { announceEtalab } from './etalab.ts';
import { announceExtraction } from './gpu.ts';
import { announceInao } from './inao.ts';
import { announceLaposte } from './laposte.ts';
import { parseTerritoire } from './territoire.ts';
import { useUpstream } from './testing/upstream.ts';

const { upstream, downloader } = useUpstream();

const INAO = 'delimitation-parcellaire-des-aoc-viticoles-de-linao';

function resource(title: string, stamp = '20260921-213954') {
  return { title, stamp, file: { name: title, bytes: Buffer.from(title) } };
}

describe('INAO', () => {
  it('is the newest release, by its name and else by its address, with checksum and licence', async () => {
    serveDataset(upstream, INAO, 'lov2', [
      resource('delimitation_inao_EPSG2154.zip', '20180319-101112'),
      resource('2026-09-21-delim-parcellaire-aoc-shp.zip'),
      resource('2026-06-29-delim-parcellaire-aoc-shp.zip', '20260929-000000'),
      { title: 'notice.pdf', stamp: '20270101-000000', file: null },
    ]);
    expect(await announceInao(downloader)).toMatchObject({
      ...{ edition: '2026-09-21', licence: 'Licence Ouverte / Open Licence 2.0', licenceFrom: 'catalogue' },
      files: [
        {
          url: `https://static.data.gouv.fr/resources/${INAO}/20260921-213954/2026-09-21-delim-parcellaire-aoc-shp.zip`,
          name: '2026-09-21-delim-parcellaire-aoc-shp.zip',
          length: 40,
          checksum: { algorithm: 'sha1' },
          kind: 'zip',
        },
      ],
    });
  });

  it('may be of the old generation alone', async () => {
    serveDataset(upstream, INAO, 'notspecified', [
      resource('delimitation_inao_EPSG2154.zip', '20180319-101112'),
    ]);
    expect(await announceInao(downloader)).toMatchObject({
      edition: '2018-03-19',
      licenceFrom: 'documentation',
    });
  });

  it('is not chosen among two of one day, nor where there is none', async () => {
    const two = ['2026-09-21-delim-a.zip', '2026-09-21-delim-b.zip'].map((title) => resource(title));
    serveDataset(upstream, INAO, 'lov2', two);
    await expect(announceInao(downloader)).rejects.toThrow(
      /several releases of 2026-09-21: .*delim-a.zip, .*delim-b.zip$/,
    );
    serveDataset(upstream, INAO, 'lov2', [resource('communes.zip'), resource('notice.pdf')]);
    await expect(announceInao(downloader)).rejects.toThrow(
      'INAO (data.gouv.fr) › https://www.data.gouv.fr/api/1/datasets/delimitation-parcellaire-des-aoc-viticoles-de-linao/: no zip of the delimitation among communes.zip, notice.pdf',
    );
  });

  it('is the shapefile of its day, and asks nothing of other files of the dataset', async () => {
    const elsewhere = ['http://www.inao.gouv.fr/notice.zip', 'http://old.example/delim.zip', 'no address'];
    const foreign = elsewhere.map((url) => ({ title: 'x', stamp: '', file: null, url }));
    const today = ['gpkg', 'shp', 'geojson'].map((format) =>
      resource(`2026-09-28-delim-parcellaire-aoc-${format}.zip`),
    );
    const [notice, old, broken] = foreign;
    serveDataset(
      upstream,
      INAO,
      'lov2',
      [...today, notice, broken].flatMap((one) => one ?? []),
    );
    const { files } = await announceInao(downloader);
    expect(files[0]?.name).toBe('2026-09-28-delim-parcellaire-aoc-shp.zip');
    // One that may be meant is.
    serveDataset(
      upstream,
      INAO,
      'lov2',
      [old].flatMap((one) => one ?? []),
    );
    await expect(announceInao(downloader)).rejects.toThrow('a link that is not https: http://old.example/');
  });

  it.each([
    ['sha2', 'A'.repeat(64), { algorithm: 'sha256', hex: 'a'.repeat(64) }],
    ['crc', '12345678', null],
  ])('has a checksum of the portal’s own kind: %s', async (type, value, expected) => {
    const url = `https://static.data.gouv.fr/resources/${INAO}/20260921-213954/delim.zip`;
    const own = { id: 'a', title: 'delim.zip', url, checksum: { type, value } };
    const dataset = JSON.stringify({ license: 'lov2', resources: [own] });
    upstream.serve('www.data.gouv.fr', `/api/1/datasets/${INAO}/`, dataset);
    const { files } = await announceInao(downloader);
    expect(files[0]).toMatchObject({ checksum: expected, length: null });
    upstream.serve('www.data.gouv.fr', `/api/1/datasets/${INAO}/`, dataset.replace(value, 'none'));
    if (type === 'sha2')
      await expect(announceInao(downloader)).rejects.toThrow('a checksum that is none: sha2 none');
  });

  it.each([
    ['<!DOCTYPE html><title>Maintenance</title>', 'a web page in place of a catalogue'],
    ['Maintenance', /not JSON \(.*begins with "Maintenance"$/],
    ['{"message":"gone"}', 'not a dataset of data.gouv.fr: resources: '],
    ['{"license":"lov2","resources":[{"id":"a","title":"b"}]}', 'resources.0.url'],
  ])('refuses %s', async (body, message) => {
    upstream.serve('www.data.gouv.fr', `/api/1/datasets/${INAO}/`, body);
    await expect(announceInao(downloader)).rejects.toThrow(message);
  });
});

describe('La Poste', () => {
  const path = '/data-fair/api/v1/datasets/laposte-hexasmal/raw';

  it('is one file whose edition is its last change', async () => {
    serveDataset(upstream, 'base-officielle-des-codes-postaux', 'odc-odbl', []);
    const headers = { 'last-modified': 'Mon, 02 Feb 2026 23:30:00 GMT' };
    upstream.serve('datanova.laposte.fr', path, { body: 'a;b', headers });
    expect(await announceLaposte(downloader)).toMatchObject({
      ...{ edition: '2026-02-02', licence: 'Open Data Commons Open Database License (ODbL)' },
      files: [
        { url: `https://datanova.laposte.fr${path}`, name: '019HexaSmal.csv', length: 3, checksum: null },
      ],
    });
  });

  it('is where data.gouv.fr links to, and else under either name of the portal', async () => {
    const slug = 'base-officielle-des-codes-postaux';
    const linked = `https://data.laposte.fr${path}`;
    const others = [`https://data.laposte.fr${path.replace('raw', 'full')}`, `https://example.org${path}`];
    const resources = [...others, linked].map((url) => ({ title: url, stamp: '', file: null, url }));
    serveDataset(upstream, slug, 'lov2', resources);
    upstream.serve('data.laposte.fr', path, 'a;b');
    upstream.forget();
    expect((await announceLaposte(downloader)).files[0]?.url).toBe(linked);
    expect(upstream.requests.map(({ host }) => host)).toEqual(['www.data.gouv.fr', 'data.laposte.fr']);
    upstream.serve('data.laposte.fr', path, { body: 'gone', status: 404 });
    const other = `https://datanova.laposte.fr${path}`;
    expect((await announceLaposte(downloader)).files[0]?.url).toBe(other);
    upstream.fault('data.laposte.fr', path, { kind: 'reset' });
    expect((await announceLaposte(downloader)).files[0]?.url).toBe(other);
    upstream.fault('datanova.laposte.fr', path, { kind: 'reset' });
    await expect(announceLaposte(downloader)).rejects.toMatchObject({ code: 'DownloadFailed' });
    for (const host of ['data.laposte.fr', 'datanova.laposte.fr']) upstream.heal(host, path);
  });

  it('on a server that has a bad moment is no catalogue that has changed', async () => {
    for (const host of ['data.laposte.fr', 'datanova.laposte.fr'])
      upstream.fault(host, path, { kind: 'status', status: 503 });
    await expect(announceLaposte(downloader)).rejects.toMatchObject({
      code: 'DownloadFailed',
      message: expect.stringMatching(/status 503, where a file is expected$/) as string,
    });
    for (const host of ['data.laposte.fr', 'datanova.laposte.fr']) upstream.heal(host, path);
  });

  it('that has moved is said with its status', async () => {
    upstream.serve('datanova.laposte.fr', path, { body: 'gone', status: 410 });
    await expect(announceLaposte(downloader)).rejects.toThrow(
      `https://data.laposte.fr${path}: status 404, where a file is expected`,
    );
  });
});

describe('Etalab’s cadastre', () => {
  const host = 'cadastre.data.gouv.fr';
  const root = '/data/etalab-cadastre/';

  function serveFolders(folders: Readonly<Record<string, readonly string[]>>): void {
    for (const [path, names] of Object.entries(folders)) {
      upstream.serve(host, root + path, listing(root + path, names));
      for (const name of names.filter((one) => one.endsWith('.gz')))
        upstream.serve(host, root + path + name, name);
    }
  }

  const FILES = ['communes', 'feuilles', 'parcelles'].map((layer) => `cadastre-2A-${layer}.json.gz`);

  it('is three files of the newest date', async () => {
    serveFolders({
      '': ['2025-12-01/', '2026-06-01/', 'latest/'],
      '2026-06-01/geojson/departements/2A/': ['cadastre-2A-batiments.json.gz', ...FILES],
    });
    const [announced] = await announceEtalab(downloader, parseTerritoire('2A'));
    expect(announced).toMatchObject({
      edition: '2026-06-01',
      entry: { format: 'etalab', departement: '2A' },
    });
    expect(announced?.files.map(({ url }) => url)).toEqual(
      FILES.map((name) => `https://${host}${root}2026-06-01/geojson/departements/2A/${name}`),
    );
  });

  it('that lacks a file, an edition or a département is refused', async () => {
    serveFolders({
      '2026-06-01/geojson/departements/2A/': FILES.slice(1),
      '2026-06-01/geojson/departements/': ['2A/'],
    });
    const refused = (territoire: string) => announceEtalab(downloader, parseTerritoire(territoire));
    await expect(refused('2A')).rejects.toThrow(/no cadastre-2A-communes.json.gz among cadastre-2A-feuilles/);
    await expect(refused('france')).rejects.toThrow(/France without the départements 01, 02, .*, 2B, 21/);
    await expect(refused('977')).rejects.toThrow('Saint-Barthélemy (977) has no file of its own here');
    serveFolders({ '': ['latest/'] });
    await expect(refused('2A')).rejects.toThrow('no edition, a folder named by a date, among latest/');
    upstream.serve(host, root, '<!DOCTYPE html><p>Maintenance <a href="https://status.example/">status</a>');
    await expect(refused('2A')).rejects.toThrow(
      'a folder without files; the page begins with "<!DOCTYPE html>',
    );
  });
});

describe('BD Parcellaire', () => {
  const host = 'files.opendatarchives.fr';
  const root = '/professionnels.ign.fr/parcellaire-express/BDPARCELLAIRE_1-2_VECTEUR/';

  function serveArchives(...names: string[]): void {
    upstream.serve(host, root, listing(root, names));
    for (const name of names) upstream.serve(host, root + name, name);
  }

  it('is the last archive of each département', async () => {
    const [last, other] = [
      'BDPARCELLAIRE_1-2_VECTEUR_SHP_LAMB93_D034_2017-03-03.7z',
      'BDPARCELLAIRE_1-2_VECTEUR_SHP_RGR92UTM40S_D974_2008-06-27.7z',
    ];
    serveArchives('BDPARCELLAIRE_1-2_VECTEUR_SHP_LAMB93_D034_2013-09-16.7z', last, other);
    const announced = await announceBdParcellaire(downloader, parseTerritoire('france'));
    expect(announced.map(({ id, files }) => [id, files[0]?.name])).toEqual([
      ['cadastre/bd-parcellaire/34', last],
      ['cadastre/bd-parcellaire/974', other],
    ]);
    await expect(announceBdParcellaire(downloader, parseTerritoire('21'))).rejects.toThrow(
      'no archive of 21 (Côte-d’Or)',
    );
  });
});

describe('the GPU’s extraction', () => {
  const [host, path] = ['www.geoportail-urbanisme.gouv.fr', '/api/extraction/download-latest'];
  const LAYERS = [
    ...['municipality', 'document', 'zone_urba', 'secteur_cc', 'habillage_txt', 'mec'].map(
      (name) => `wfs_du.${name}`,
    ),
    ...['prescription', 'info'].flatMap((name) =>
      ['surf', 'lin', 'pct'].map((kind) => `wfs_du.${name}_${kind}`),
    ),
    ...['assiette', 'generateur'].flatMap((name) =>
      ['s', 'l', 'p'].map((kind) => `wfs_sup.${name}_sup_${kind}`),
    ),
    'wfs_sup.acte_sup',
    'wfs_scot.scot',
  ];

  function entry(name: string): FeedEntry {
    const href = `https://data.geopf.fr/telechargement/download/gpu/2026-08-29/${name}`;
    return {
      id: name,
      title: name,
      href,
      type: 'application/geopackage+sqlite3',
      content: 'a'.repeat(32),
      length: 12,
    };
  }

  function serve(entries: readonly FeedEntry[]): void {
    const page = { page: 1, pageSize: 50, pageCount: 1, total: entries.length };
    upstream.serve(host, path, feedXml('extraction', entries, page));
  }

  const all = [
    ...LAYERS.map((layer) => entry(`${layer}.gpkg`)),
    { ...entry('extraction.json'), content: '' },
  ];

  it('is one file a served layer, of those that it lists', async () => {
    serve(all);
    const { files } = await announceExtraction(downloader);
    expect(files.map(({ name }) => name).sort()).toEqual(
      LAYERS.filter((layer) => !/habillage|mec|scot/.test(layer))
        .map((layer) => `${layer}.gpkg`)
        .sort(),
    );
    expect(files[0]?.checksum).toEqual({ algorithm: 'md5', hex: 'a'.repeat(32) });
  });

  it('has the same names whatever its schemas are called this week', async () => {
    const called = LAYERS.map((layer) => layer.replace('.', '_20260829.'));
    serve(called.map((layer) => entry(`schema_${layer}.gpkg`)));
    const { files } = await announceExtraction(downloader);
    const zones = files.find(({ name }) => name === 'wfs_du.zone_urba.gpkg');
    expect(zones?.url).toMatch(/\/schema_wfs_du_20260829\.zone_urba\.gpkg$/);
    expect(files).toHaveLength(17);
  });

  it('is of the day of its newest file, whenever the manifest was written', async () => {
    serve(all);
    expect((await announceExtraction(downloader)).edition).toBe('2026-03-14');
    const page = { page: 1, pageSize: 50, pageCount: 1, total: all.length };
    const dated = feedXml('extraction', all, page).replace(
      '<title>',
      '<updated>2026-11-22T08:00:00Z</updated><title>',
    );
    upstream.serve(host, path, dated);
    expect((await announceExtraction(downloader)).edition).toBe('2026-03-14');
    upstream.serve(host, path, dated.replaceAll(/<updated>2026-03-14[^<]*<\/updated>/g, ''));
    expect((await announceExtraction(downloader)).edition).toBe('2026-11-22');
  });

  it('that is empty, lacks a layer, has it twice or no MD5 is refused', async () => {
    const refused = (entries: readonly FeedEntry[]) => {
      serve(entries);
      return announceExtraction(downloader);
    };
    await expect(refused([])).rejects.toThrow(
      'Géoportail de l’urbanisme › https://www.geoportail-urbanisme.gouv.fr/api/extraction/download-latest: an empty manifest',
    );
    await expect(refused(all.slice(1))).rejects.toThrow(
      /no file of gpu\/municipality; found wfs_du.document.gpkg/,
    );
    const twice = { ...entry('wfs_du.zone_urba.gpkg'), id: 'again' };
    await expect(refused([...all, twice])).rejects.toThrow('several files of gpu/zone-urba');
    const bare = { ...entry('wfs_du.zone_urba.gpkg'), content: 'pending' };
    await expect(refused(all.map((one) => (one.id === bare.id ? bare : one)))).rejects.toThrow(
      'wfs_du.zone_urba.gpkg has no MD5, but "pending"',
    );
  });
});
