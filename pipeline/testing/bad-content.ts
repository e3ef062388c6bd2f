/** Bad input in what the files say: coordinate systems, schemas, rows, texts. */
import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import gdal from 'gdal-async';
import type { Where } from '../errors.ts';
import { entriesWith, PARCELLE, type BadInput } from './bad-input.ts';
import { square, writeLayer } from './layer-file.ts';
import {
  AOC,
  CADASTRE,
  DOCUMENT,
  LAPOSTE_HEADER,
  parcelles,
  writeLaposte,
  writeParcelles,
} from './territory.ts';

const FIRST = '21231000AB0001';
const TABLE: Where = { source: 'laposte.csv', layer: 'codes-postaux/communes' };
const ZONES: Where = { source: DOCUMENT.path ?? '', member: 'Donnees_geographiques/ZONE_URBA.shp' };

export const BAD_PLACES: readonly BadInput[] = [
  {
    what: 'a shapefile without a .prj',
    spoil: (root) => {
      writeParcelles(root, parcelles(30), null);
    },
    code: 'BadCrs',
    where: PARCELLE,
    message: /^no coordinate system \(no \.prj\?\), and the source declares no "crs"$/,
  },
  {
    what: 'a wrong coordinate system in the .prj',
    spoil: (root) => {
      writeParcelles(root, parcelles(30), 2975);
    },
    code: 'BadCrs',
    where: { ...PARCELLE, id: FIRST },
    message: /^30 of 30 features rejected: outside metropolitan France: near /,
  },
  {
    what: 'a wrong coordinate system declared',
    spoil: (root) => {
      writeParcelles(root, parcelles(30), null);
    },
    sources: entriesWith(CADASTRE, { crs: 'EPSG:2972' }),
    code: 'BadCrs',
    where: { ...PARCELLE, id: FIRST },
    message: /^30 of 30 features rejected: outside metropolitan France: near /,
  },
  {
    what: 'a declared coordinate system that does not exist',
    spoil: (root) => {
      writeParcelles(root, parcelles(30), null);
    },
    sources: entriesWith(CADASTRE, { crs: 'EPSG:999999' }),
    code: 'BadCrs',
    where: PARCELLE,
    message: /^unusable coordinate system/,
  },
  {
    what: 'latitude and longitude swapped',
    spoil: (root) => {
      const rows = parcelles(30).map((row) => ({ ...row, wkt: square(47.3, 5, 0.001) }));
      writeParcelles(root, rows, 4326);
    },
    code: 'BadCrs',
    where: { ...PARCELLE, id: FIRST },
    message: /rejected: outside metropolitan France: looks like latitude and longitude swapped$/,
  },
  {
    what: 'metres that say they are degrees',
    spoil: (root) => {
      writeParcelles(root, parcelles(30), 4326);
    },
    code: 'BadCrs',
    where: { ...PARCELLE, id: FIRST },
    message: /rejected: /,
  },
  {
    what: 'a layer without a row',
    spoil: (root) => {
      rmSync(join(root, 'D021'), { recursive: true });
      const path = writeParcelles(root);
      const columns = 'numero feuille:integer section code_dep code_com';
      writeLayer({ path, epsg: 2154, columns, rows: [], geometry: gdal.wkbPolygon });
    },
    code: 'EmptySource',
    where: PARCELLE,
    message: /^holds no row$/,
  },
  {
    what: 'a shapefile that was cut short',
    spoil: (root) => {
      const path = join(root, 'D021', 'PARCELLE.shp');
      truncateSync(path, readFileSync(path).length - 4);
    },
    code: 'BadSchema',
    where: { source: 'D021', member: 'PARCELLE.shp' },
    message: /^PARCELLE.shp is cut short: \d+ bytes expected, \d+ found$/,
  },
  {
    what: 'a column missing',
    spoil: (root) => {
      const rows = parcelles(30).map(({ wkt = '' }) => ({ wkt, values: { section: 'AB' } }));
      const path = writeParcelles(root);
      writeLayer({ path, epsg: 2154, columns: 'section code_dep code_com feuille:integer', rows });
    },
    code: 'BadSchema',
    where: PARCELLE,
    message:
      /^no column numero; found section, code_dep, code_com, feuille; columns of .*: without nom_com, com_abs,/,
  },
  {
    what: 'more rejects than a source may lose',
    spoil: (root) => {
      const rows = parcelles(30).map((row, i) =>
        i < 10 ? { ...row, wkt: 'POLYGON((0 0,1 0,2 0,0 0))' } : row,
      );
      writeParcelles(root, rows);
    },
    code: 'BadCrs',
    where: { ...PARCELLE, id: FIRST },
    message: /^10 of 30 features rejected: /,
  },
  {
    what: 'one reject where none is allowed',
    spoil: (root) => {
      const rows = parcelles(30).map((row, i) =>
        i === 3 ? { values: { ...row.values, section: '' }, wkt: row.wkt ?? '' } : row,
      );
      writeParcelles(root, rows);
    },
    sources: entriesWith(CADASTRE, { maxRejects: 0 }),
    code: 'TooManyRejects',
    where: { ...PARCELLE, id: '#4' },
    message: /^1 of 30 features rejected: no section$/,
  },
];

export const BAD_TEXTS: readonly BadInput[] = [
  {
    what: 'a sentinel that does not appear',
    sources: entriesWith(AOC, { sentinel: 'Œuilly' }),
    code: 'BadEncoding',
    where: { source: 'aoc.zip' },
    message: /^the sentinel "Œuilly" appears nowhere$/,
  },
  {
    what: 'texts that are not in the declared encoding',
    spoil: (root) => {
      const path = join(root, DOCUMENT.path ?? '', 'Donnees_geographiques', 'ZONE_URBA.shp');
      const rows = [{ values: { libelle: 'Bâtiment', typezone: 'U' }, wkt: square(853_500, 6_692_500, 10) }];
      writeLayer({ path, epsg: 2154, columns: 'libelle typezone', rows, options: ['ENCODING=CP1252'] });
    },
    sources: entriesWith(DOCUMENT, { encoding: 'utf-8' }),
    code: 'BadEncoding',
    where: ZONES,
    message: /^not utf-8: "Bâtiment"$/,
  },
  {
    what: 'a CSV of another schema',
    spoil: (root) => {
      writeLaposte(root, 'code;nom', ['21000;DIJON']);
    },
    code: 'BadSchema',
    where: { ...TABLE, line: 1 },
    message: /^no column code_postal; found code, nom$/,
  },
  {
    what: 'a CSV without a row',
    spoil: (root) => {
      writeLaposte(root, LAPOSTE_HEADER, []);
    },
    code: 'EmptySource',
    where: TABLE,
    message: /^holds no row$/,
  },
  {
    what: 'a CSV row with a field too many',
    spoil: (root) => {
      writeLaposte(root, LAPOSTE_HEADER, ['21231;DIJON;21000;DIJON;', '21231;DIJON;21000;DIJON;;;;']);
    },
    code: 'BadSchema',
    where: { ...TABLE, line: 3 },
    message: /Invalid Record Length/,
  },
  {
    what: 'postal codes that lost their first zero',
    spoil: (root) => {
      writeLaposte(root, LAPOSTE_HEADER, ['01004;AMBERIEU;1500;AMBERIEU;']);
    },
    code: 'TooManyRejects',
    where: { ...TABLE, id: 'line 2 (1500/01004)' },
    message: /^1 of 1 rows rejected: postal code of five digits expected, found "1500"$/,
  },
];
