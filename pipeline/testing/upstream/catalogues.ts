/**
 * The example territory as its producers would serve it: its files at the real paths,
 * and the catalogues that announce them. All of France is announced; the files are
 * those of the example's départements.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { COLLECTIVITIES, DEPARTEMENTS } from '../../sources/producers/departements.ts';
import { zoneOf } from '../../sources/producers/parcellaire-express.ts';
import { serveDataset } from './data-gouv.ts';
import { EARLIER, EDITION, exampleFile, type FakeFile } from './example-file.ts';
import { serveBdParcellaire, serveEtalab } from './folders.ts';
import { HOST, inParts, serveResource, type Edition } from './geoplateforme.ts';
import type { Upstream } from './server.ts';

/** Where the files of a written example are: the folder that holds `sources.json`. */
export interface ServedExample {
  readonly folder: string;
  /** Of how many parts La Réunion's archive consists; 3 by default. */
  readonly parts?: number;
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
      const file = name === undefined ? null : exampleFile(folder, `cadastre/${name}`);
      const files = file === null || code !== '974' ? [file ?? []].flat() : inParts(file, parts);
      const today = file === null ? nobodys(code, EDITION) : editionOf(code, EDITION, files);
      return [nobodys(code, EARLIER), today];
    });
}

function serveInao(upstream: Upstream, folder: string): void {
  serveDataset(upstream, 'delimitation-parcellaire-des-aoc-viticoles-de-linao', 'lov2', [
    {
      ...{ title: '2026-03-01-delim-parcellaire-aoc-shp.zip', stamp: '20260301-213954' },
      file: exampleFile(folder, `aoc/${EDITION}-delim-parcellaire-aoc-shp.zip`),
    },
    {
      ...{ title: 'delimitation_inao_EPSG2154.zip', stamp: '20190601-101112' },
      file: exampleFile(folder, 'aoc/delimitation_inao_EPSG2154.zip'),
    },
    { title: 'notice.pdf', stamp: '20190601-101113', file: null },
  ]);
}

function serveLaposte(upstream: Upstream, folder: string): void {
  const path = '/data-fair/api/v1/datasets/laposte-hexasmal/raw';
  const { bytes } = exampleFile(folder, 'codes-postaux/019HexaSmal.csv');
  const headers = { 'content-type': 'text/csv', 'last-modified': 'Sun, 01 Mar 2026 06:00:00 GMT' };
  for (const host of ['data.laposte.fr', 'datanova.laposte.fr'])
    upstream.serve(host, path, { body: bytes, headers });
  serveDataset(upstream, 'base-officielle-des-codes-postaux', 'lov2', [
    { title: '019HexaSmal.csv', stamp: '', file: null, url: `https://data.laposte.fr${path}` },
  ]);
}

/** The weekly extraction, whose manifest is the example's own. */
function serveExtraction(upstream: Upstream, folder: string): void {
  const manifest = exampleFile(folder, 'gpu/extraction/download-latest.xml').bytes.toString();
  upstream.serve('www.geoportail-urbanisme.gouv.fr', '/api/extraction/download-latest', {
    body: manifest,
    headers: { 'content-type': 'application/atom+xml' },
  });
  for (const [href = ''] of manifest.matchAll(/https:[^"<]+\.(gpkg|json)(?=")/g)) {
    const { pathname } = new URL(href);
    upstream.serve(HOST, pathname, exampleFile(folder, `gpu/extraction/${basename(pathname)}`).bytes);
  }
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
