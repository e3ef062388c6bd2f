/**
 * The example territory as its producers would serve it: its files at the real paths,
 * and the catalogues that announce them. All of France is announced; the files are
 * those of the example's départements.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DEPARTEMENTS, COLLECTIVITIES } from '../../sources/producers/departements.ts';
import { zoneOf } from '../../sources/producers/parcellaire-express.ts';
import { HOST, inParts, serveResource, type Edition, type FakeFile } from './geoplateforme.ts';
import type { Upstream } from './server.ts';

const EDITION = '2026-03-01';
const EARLIER = '2025-12-01';
const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** Where the files of a written example are: the folder that holds `sources.json`. */
export interface ServedExample {
  readonly folder: string;
  /** Of how many parts La Réunion's archive consists; 3 by default. */
  readonly parts?: number;
}

function read(folder: string, path: string): FakeFile {
  return { name: basename(path), bytes: readFileSync(join(folder, path)) };
}

function editionOf(departement: string, date: string, files: readonly FakeFile[]): Edition {
  const crs = departement === '974' ? 'RGR92UTM40S' : 'LAMB93';
  const name = `PARCELLAIRE-EXPRESS_1-1__SHP_${crs}_${zoneOf(departement)}_${date}`;
  return { name, zone: zoneOf(departement), format: 'SHP', date, files };
}

/** A name that an archive of no territory could have, so that plans of France have something to say. */
function nobodys(departement: string, date: string): Edition {
  const { name } = editionOf(departement, date, []);
  return editionOf(departement, date, [{ name: `${name}.7z`, bytes: Buffer.from(name) }]);
}

/** Every département in two quarters, and other formats; La Réunion's archive in parts. */
export function parcellaireExpress({ folder, parts = 3 }: ServedExample): Edition[] {
  const archives = readdirSync(join(folder, 'cadastre')).filter((name) =>
    name.startsWith('PARCELLAIRE-EXPRESS'),
  );
  return Object.keys(DEPARTEMENTS)
    .filter((code) => !COLLECTIVITIES.includes(code))
    .flatMap((code) => {
      const name = archives.find((archive) => archive.includes(`_${zoneOf(code)}_`));
      const file = name === undefined ? null : read(folder, `cadastre/${name}`);
      const files = file === null || code !== '974' ? [file ?? []].flat() : inParts(file, parts);
      const today = file === null ? nobodys(code, EDITION) : editionOf(code, EDITION, files);
      return [nobodys(code, EARLIER), today];
    });
}

interface FakeResource {
  readonly title: string;
  readonly stamp: string;
  readonly file: FakeFile | null;
  readonly url?: string;
}

const STATIC = 'static.data.gouv.fr';

/** A dataset of data.gouv.fr with its files; a resource without a file is only named. */
export function serveDataset(
  upstream: Upstream,
  slug: string,
  licence: string,
  resources: readonly FakeResource[],
): void {
  const entries = resources.map(({ title, stamp, file, url }, i) => {
    const path = `/resources/${slug}/${stamp}/${file?.name ?? title}`;
    if (file !== null) upstream.serve(STATIC, path, file.bytes);
    const sha1 = file === null ? null : createHash('sha1').update(file.bytes).digest('hex');
    return {
      ...{ id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, title, type: 'main' },
      ...{
        url: url ?? `https://${STATIC}${path}`,
        format: title.split('.').at(-1),
        filesize: file?.bytes.length ?? null,
      },
      ...{
        checksum: sha1 === null ? null : { type: 'sha1', value: sha1 },
        last_modified: '2026-03-01T21:39:54+00:00',
      },
    };
  });
  const body = JSON.stringify({ id: slug, slug, license: licence, resources: entries });
  upstream.serve('www.data.gouv.fr', `/api/1/datasets/${slug}/`, {
    body,
    headers: { 'content-type': 'application/json' },
  });
}

function serveInao(upstream: Upstream, folder: string): void {
  serveDataset(upstream, 'delimitation-parcellaire-des-aoc-viticoles-de-linao', 'lov2', [
    {
      ...{ title: '2026-03-01-delim-parcellaire-aoc-shp.zip', stamp: '20260301-213954' },
      file: read(folder, `aoc/${EDITION}-delim-parcellaire-aoc-shp.zip`),
    },
    {
      ...{ title: 'delimitation_inao_EPSG2154.zip', stamp: '20190601-101112' },
      file: read(folder, 'aoc/delimitation_inao_EPSG2154.zip'),
    },
    { title: 'notice.pdf', stamp: '20190601-101113', file: null },
  ]);
}

function serveLaposte(upstream: Upstream, folder: string): void {
  const path = '/data-fair/api/v1/datasets/laposte-hexasmal/raw';
  const { bytes } = read(folder, 'codes-postaux/019HexaSmal.csv');
  const headers = { 'content-type': 'text/csv', 'last-modified': 'Sun, 01 Mar 2026 06:00:00 GMT' };
  upstream.serve('datanova.laposte.fr', path, { body: bytes, headers });
  serveDataset(upstream, 'base-officielle-des-codes-postaux', 'lov2', [
    { title: '019HexaSmal.csv', stamp: '', file: null, url: `https://datanova.laposte.fr${path}` },
  ]);
}

/** The weekly extraction, whose manifest is the example's own. */
function serveExtraction(upstream: Upstream, folder: string): void {
  const manifest = read(folder, 'gpu/extraction/download-latest.xml').bytes.toString();
  upstream.serve('www.geoportail-urbanisme.gouv.fr', '/api/extraction/download-latest', {
    body: manifest,
    headers: { 'content-type': 'application/atom+xml' },
  });
  for (const [href = ''] of manifest.matchAll(/https:[^"<]+\.(gpkg|json)(?=")/g)) {
    const { pathname } = new URL(href);
    upstream.serve(HOST, pathname, read(folder, `gpu/extraction/${basename(pathname)}`).bytes);
  }
}

/** A folder as Apache lists it. */
export function listing(path: string, names: readonly string[]): string {
  const rows = names.map(
    (name) => `<tr><td><a href="${name}">${name}</a></td><td align="right">2026-03-01 06:00</td></tr>`,
  );
  const sorts = '<th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th>';
  const parent = '<tr><td><a href="/data/">Parent Directory</a></td></tr>';
  return `<!DOCTYPE HTML>\n<html><head><title>Index of ${path}</title></head><body><h1>Index of ${path}</h1><table>${sorts}<hr>\n${parent}\n${rows.join('\n')}\n</table></body></html>\n`;
}

/** The commune that the example has in Etalab's format, as if it were all of two départements. */
function serveEtalab(upstream: Upstream, folder: string): void {
  const host = 'cadastre.data.gouv.fr';
  const root = '/data/etalab-cadastre';
  const source = `cadastre/etalab-cadastre/${EDITION}/geojson/communes/01/01004`;
  const html = (path: string, names: readonly string[]): void => {
    upstream.serve(host, path, { body: listing(path, names), headers: HTML });
  };
  const departements = ['01', '21'];
  html(`${root}/`, [`${EARLIER}/`, `${EDITION}/`, 'latest/']);
  html(
    `${root}/${EDITION}/geojson/departements/`,
    departements.map((code) => `${code}/`),
  );
  for (const departement of departements) {
    const below = `${root}/${EDITION}/geojson/departements/${departement}/`;
    const files = readdirSync(join(folder, source)).map((name) => read(folder, `${source}/${name}`));
    const named = files.map(({ name, bytes }) => ({ name: name.replace('01004', departement), bytes }));
    html(below, [`cadastre-${departement}-batiments.json.gz`, ...named.map(({ name }) => name)]);
    for (const { name, bytes } of named) upstream.serve(host, below + name, bytes);
  }
}

function serveBdParcellaire(upstream: Upstream, folder: string): void {
  const host = 'files.opendatarchives.fr';
  const root = '/professionnels.ign.fr/parcellaire-express/BDPARCELLAIRE_1-2_VECTEUR/';
  const archive = read(folder, 'cadastre/BDPARCELLAIRE_1-2_VECTEUR_SHP_LAMB93_D021_2017-03-03.7z');
  const others = [archive.name.replace('2017-03-03', '2013-09-16'), archive.name.replace('D021', 'D025')];
  upstream.serve(host, root, { body: listing(root, [...others, archive.name]), headers: HTML });
  upstream.serve(host, root + archive.name, archive.bytes);
}

/** Fills `upstream` with the example: every catalogue, and every file that one of them announces for its départements. */
export function serveExample(upstream: Upstream, example: ServedExample): void {
  const { folder } = example;
  serveInao(upstream, folder);
  serveLaposte(upstream, folder);
  serveResource(upstream, 'PARCELLAIRE-EXPRESS', parcellaireExpress(example));
  serveEtalab(upstream, folder);
  serveBdParcellaire(upstream, folder);
  serveExtraction(upstream, folder);
}
