/**
 * A territory of a few features for tests of the whole build: every format that is read
 * from a folder, written in a second. What `carto build` builds without sources is
 * larger, and in `pipeline/example`.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeLayer, square, type LayerRow } from './layer-file.ts';
import { zip } from './zip.ts';

/** Around Dijon, in Lambert-93. */
const [EAST, NORTH] = [853_500, 6_692_500];

export interface TestSource {
  readonly dataset: string;
  readonly format: string;
  readonly path?: string;
  readonly [key: string]: unknown;
}

export const AOC: TestSource = { dataset: 'aoc', format: 'inao', path: 'aoc.zip', sentinel: 'Côte de Nuits' };
export const LAPOSTE: TestSource = { dataset: 'codes-postaux', format: 'laposte', path: 'laposte.csv' };
export const CADASTRE: TestSource = {
  dataset: 'cadastre',
  format: 'parcellaire-express',
  path: 'D021',
  departement: '21',
};
export const EXTRACTION: TestSource = { dataset: 'gpu', format: 'extraction', path: 'extraction' };
export const DOCUMENT: TestSource = { dataset: 'gpu', format: 'cnig', path: '21231_PLU_20200101' };

const AOC_COLUMNS = 'app denom id_app:integer id_denom:integer insee nomcom';
const PARCELLE_COLUMNS =
  'idu numero feuille:integer section code_dep nom_com code_com com_abs code_arr contenance:integer';

function squares(count: number, values: (i: number) => NonNullable<LayerRow['values']>): LayerRow[] {
  return Array.from({ length: count }, (_, i) => ({
    values: values(i),
    wkt: square(EAST + 120 * (i % 10), NORTH + 120 * Math.floor(i / 10), 100),
  }));
}

/** The path of `name` in `root`, its folder made and what was there removed. */
function fresh(root: string, name: string): string {
  const path = join(root, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

export function parcelles(count: number): LayerRow[] {
  return squares(count, (i) => {
    const numero = String(i + 1).padStart(4, '0');
    return {
      ...{ idu: `21231000AB${numero}`, numero, feuille: 1, section: 'AB', code_dep: '21', nom_com: 'Dijon' },
      ...{ code_com: '231', com_abs: '000', code_arr: '000', contenance: 10_000 },
    };
  });
}

export function writeParcelles(root: string, rows = parcelles(30), epsg: number | null = 2154): string {
  const path = join(fresh(root, 'D021'), 'PARCELLE.shp');
  mkdirSync(dirname(path));
  return writeLayer({ path, ...(epsg === null ? {} : { epsg }), columns: PARCELLE_COLUMNS, rows });
}

/** INAO's zip: one shapefile at its root. */
export function writeAoc(root: string): void {
  const rows = squares(8, (i) => ({
    ...{ app: 'Bourgogne', denom: 'Bourgogne Côte de Nuits', id_app: 76, id_denom: 100 + i },
    ...{ insee: `2105${i}`, nomcom: 'Gevrey-Chambertin' },
  }));
  const shapefile = writeLayer({ path: fresh(root, 'inao/aoc.shp'), epsg: 2154, columns: AOC_COLUMNS, rows });
  const parts = ['shp', 'shx', 'dbf', 'prj'].map((ending) => `aoc.${ending}`);
  const folder = dirname(shapefile);
  const entries = parts.map((name) => ({ name, content: readFileSync(join(folder, name)) }));
  writeFileSync(fresh(root, 'aoc.zip'), zip(entries));
  rmSync(folder, { recursive: true });
}

export const LAPOSTE_HEADER =
  '#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5';

export function writeLaposte(
  root: string,
  header = LAPOSTE_HEADER,
  rows = ['21231;DIJON;21000;DIJON;'],
): void {
  writeFileSync(fresh(root, 'laposte.csv'), Buffer.from([header, ...rows, ''].join('\r\n'), 'latin1'));
}

/** The GPU's extraction: two GeoPackages, and the manifest that announces their MD5. */
export function writeExtraction(root: string, insee = '21054'): void {
  const folder = fresh(root, 'extraction');
  const document = { gid: 1, partition: `DU_${insee}`, insee, gpu_timestamp: '2026/03/01 23:30:00' };
  const wkt = square(5, 47.3, 0.01);
  const options = ['GEOMETRY_NAME=the_geom', 'FID=fid_extract'];
  mkdirSync(folder);
  const files = ['zone_urba', 'secteur_cc'].map((layer) =>
    writeLayer({
      ...{ path: join(folder, `wfs_du.${layer}.gpkg`), layer, epsg: 4326, options },
      ...{ columns: 'gid:integer partition insee gpu_timestamp:datetime', rows: [{ values: document, wkt }] },
    }),
  );
  const entries = files.map((file) => {
    const md5 = createHash('md5').update(readFileSync(file)).digest('hex');
    return `<entry><link href="https://example.org/${file.split('/').at(-1) ?? ''}"/><content>${md5}</content></entry>`;
  });
  writeFileSync(join(folder, 'download-latest.xml'), `<feed>${entries.join('')}</feed>`);
}

/** A town planning document as it is deposited. */
export function writeDocument(root: string): void {
  const folder = fresh(root, '21231_PLU_20200101');
  const path = join(folder, 'Donnees_geographiques', 'ZONE_URBA.shp');
  mkdirSync(dirname(path), { recursive: true });
  const rows = squares(6, (i) => ({ libelle: `U${i}`, typezone: 'U' }));
  writeLayer({ path, epsg: 2154, columns: 'libelle typezone', rows });
}

/** Writes the sources file, and gives its path. */
export function writeSources(root: string, sources: readonly TestSource[]): string {
  const path = join(root, 'sources.json');
  writeFileSync(path, JSON.stringify({ territory: 'essai', options: { codesPostaux: 'laposte' }, sources }));
  return path;
}

/** Writes every source into `root` and gives the sources file. */
export function writeTerritory(root: string): string {
  mkdirSync(root, { recursive: true });
  writeAoc(root);
  writeLaposte(root);
  writeParcelles(root);
  writeExtraction(root);
  writeDocument(root);
  return writeSources(root, [AOC, LAPOSTE, CADASTRE, EXTRACTION, DOCUMENT]);
}
