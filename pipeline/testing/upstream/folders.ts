/** Producers that list folders: Etalab’s cadastre, and the archive that keeps BD Parcellaire. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EARLIER, EDITION, exampleFile } from './example-file.ts';
import type { Upstream } from './server.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** A folder as Apache lists it. */
export function listing(path: string, names: readonly string[]): string {
  const rows = names.map(
    (name) => `<tr><td><a href="${name}">${name}</a></td><td align="right">2026-03-01 06:00</td></tr>`,
  );
  const sorts = '<th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th>';
  const parent = '<tr><td><a href="/data/">Parent Directory</a></td></tr>';
  return `<!DOCTYPE HTML>\n<html><head><title>Index of ${path}</title></head><body><h1>Index of ${path}</h1><table>${sorts}<hr>\n${parent}\n${rows.join('\n')}\n</table></body></html>\n`;
}

function serveListing(upstream: Upstream, host: string, path: string, names: readonly string[]): void {
  upstream.serve(host, path, { body: listing(path, names), headers: HTML });
}

/** The commune that the example has in Etalab's format, as if it were all of `departement`. */
function serveDepartement(upstream: Upstream, folder: string, departement: string): void {
  const source = `cadastre/etalab-cadastre/${EDITION}/geojson/communes/01/01004`;
  const below = `${ETALAB}/${EDITION}/geojson/departements/${departement}/`;
  const files = readdirSync(join(folder, source)).map((name) => ({
    name: name.replace('01004', departement),
    bytes: exampleFile(folder, `${source}/${name}`).bytes,
  }));
  const names = [`cadastre-${departement}-batiments.json.gz`, ...files.map(({ name }) => name)];
  serveListing(upstream, ETALAB_HOST, below, names);
  for (const { name, bytes } of files) upstream.serve(ETALAB_HOST, below + name, bytes);
}

const ETALAB_HOST = 'cadastre.data.gouv.fr';
const ETALAB = '/data/etalab-cadastre';

/** Two départements of Etalab's, in the newer of two editions. */
export function serveEtalab(upstream: Upstream, folder: string): void {
  serveListing(upstream, ETALAB_HOST, `${ETALAB}/`, [`${EARLIER}/`, `${EDITION}/`, 'latest/']);
  serveListing(upstream, ETALAB_HOST, `${ETALAB}/${EDITION}/geojson/departements/`, ['01/', '21/']);
  for (const departement of ['01', '21']) serveDepartement(upstream, folder, departement);
}

/** BD Parcellaire of Côte-d'Or; two more archives are listed only. */
export function serveBdParcellaire(upstream: Upstream, folder: string): void {
  const host = 'files.opendatarchives.fr';
  const root = '/professionnels.ign.fr/parcellaire-express/BDPARCELLAIRE_1-2_VECTEUR/';
  const { name, bytes } = exampleFile(
    folder,
    'cadastre/BDPARCELLAIRE_1-2_VECTEUR_SHP_LAMB93_D021_2017-03-03.7z',
  );
  serveListing(upstream, host, root, [
    name.replace('2017-03-03', '2013-09-16'),
    name.replace('D021', 'D025'),
    name,
  ]);
  upstream.serve(host, root + name, bytes);
}
