/** Bad input before any row is read: sources files, archives, members. */
import { appendFileSync, cpSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesWith, GOOD, PARCELLE, type BadInput } from './bad-input.ts';
import { AOC, CADASTRE, DOCUMENT, LAPOSTE } from './territory.ts';
import { zip } from './zip.ts';

export const BAD_SOURCES_FILES: readonly BadInput[] = [
  {
    what: 'a source that is not there',
    sources: entriesWith(AOC, { path: 'absent.zip' }),
    code: 'MissingSource',
    where: { source: 'absent.zip' },
    message: /^no such file or folder$/,
  },
  {
    what: 'a key with a typing mistake',
    sources: entriesWith(AOC, { sentinelle: 'Côte' }),
    code: 'BadSourcesFile',
    where: null,
    message: /sources\.0: .*sentinelle/,
  },
  {
    what: 'no entry',
    sources: [],
    code: 'BadSourcesFile',
    where: null,
    message: /sources: /,
  },
  {
    what: 'a table of postal codes to serve that is not among the sources',
    sources: GOOD.filter((source) => source !== LAPOSTE).concat({ dataset: 'codes-postaux', format: 'npm' }),
    code: 'BadSourcesFile',
    where: null,
    message: /^options.codesPostaux: no laposte table of postal codes among the sources$/,
  },
  {
    what: 'bounds that are none',
    sources: entriesWith(CADASTRE, { bounds: 'Bourgogne' }),
    code: 'BadSourcesFile',
    where: PARCELLE,
    message: /^no bounds are known for Bourgogne$/,
  },
  {
    what: 'a document whose name tells no partition',
    spoil: (root) => {
      cpSync(join(root, DOCUMENT.path ?? ''), join(root, 'plu'), { recursive: true });
    },
    sources: entriesWith(DOCUMENT, { path: 'plu' }),
    code: 'BadSourcesFile',
    where: { source: 'plu' },
    message: /say it as "partition"$/,
  },
  {
    what: 'a member declared that is not there',
    sources: entriesWith(DOCUMENT, { members: { 'SECTEUR_CC.csv': 'gpu/secteur-cc' } }),
    code: 'BadSourcesFile',
    where: { source: DOCUMENT.path ?? '' },
    message: /^members: SECTEUR_CC.csv is not there$/,
  },
  {
    what: 'a member declared to feed what is no layer',
    sources: entriesWith(DOCUMENT, { members: { 'ZONE_URBA.shp': 'gpu/zone_urba' } }),
    code: 'BadSourcesFile',
    where: { source: DOCUMENT.path ?? '' },
    message: /^members: ZONE_URBA.shp cannot feed gpu\/zone_urba/,
  },
];

function writeZip(...names: string[]): (root: string) => void {
  return (root) => {
    writeFileSync(join(root, 'aoc.zip'), zip(names.map((name) => ({ name, content: 'x' }))));
  };
}

export const BAD_ARCHIVES: readonly BadInput[] = [
  {
    what: 'an empty zip',
    spoil: writeZip(),
    code: 'BadArchive',
    where: { source: 'aoc.zip' },
    message: /^the zip holds no file$/,
  },
  {
    what: 'a zip that climbs out of its folder',
    spoil: writeZip('aoc.shp', '../../evil.shp'),
    code: 'BadArchive',
    where: { source: 'aoc.zip' },
    message: /^unsafe or damaged zip: .*\.\.\/\.\.\/evil\.shp/,
  },
  {
    what: 'a zip that is cut short',
    spoil: (root) => {
      truncateSync(join(root, 'aoc.zip'), 1000);
    },
    code: 'BadArchive',
    where: { source: 'aoc.zip' },
    message: /^unsafe or damaged zip/,
  },
  {
    what: 'a zip without a member that is known',
    spoil: writeZip('lisez-moi.txt'),
    code: 'BadSchema',
    where: { source: 'aoc.zip' },
    message: /^no member that inao knows; found lisez-moi.txt$/,
  },
  {
    what: 'two candidates for one theme',
    spoil: (root) => {
      cpSync(join(root, 'D021'), join(root, 'copy'), { recursive: true });
      renameSync(join(root, 'copy'), join(root, 'D021', 'old'));
    },
    code: 'BadSchema',
    where: { source: 'D021' },
    message: /^several candidates for cadastre\/parcelle: PARCELLE.shp, old\/PARCELLE.shp$/,
  },
  {
    what: 'a GeoPackage that is not the one of the manifest',
    spoil: (root) => {
      appendFileSync(join(root, 'extraction', 'wfs_du.zone_urba.gpkg'), 'x');
    },
    code: 'BadArchive',
    where: { source: 'extraction', member: 'wfs_du.zone_urba.gpkg' },
    message: /^MD5 [0-9a-f]{32}, the manifest says [0-9a-f]{32}$/,
  },
];
