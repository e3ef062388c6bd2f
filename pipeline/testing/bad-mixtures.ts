/** Bad input that no source shows alone: two that tell of the same things, features of one identifier. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GOOD, type BadInput } from './bad-input.ts';
import { square, writeLayer } from './layer-file.ts';
import {
  CADASTRE,
  DOCUMENT,
  EXTRACTION,
  parcelles,
  writeExtraction,
  writeParcelles,
  type TestSource,
} from './territory.ts';

const ETALAB: TestSource = { dataset: 'cadastre', format: 'etalab', departement: '21', path: 'etalab' };
const OTHER_VINTAGE: TestSource = { ...CADASTRE, path: 'D021-avant/D021', vintage: '2025-12-01' };
const SAME_VINTAGE: TestSource = { ...CADASTRE, vintage: '2025-12-01' };
const LATER: TestSource = { ...DOCUMENT, path: '21231_PLU_20230101' };

function writeEtalab(root: string, folder = 'etalab'): void {
  const values = { id: '21231000AB0001', commune: '21231', prefixe: '000', section: 'AB', numero: '1' };
  mkdirSync(join(root, folder), { recursive: true });
  writeLayer({
    path: join(root, folder, 'cadastre-21231-parcelles.json'),
    epsg: 4326,
    columns: 'id commune prefixe section numero',
    rows: [{ values, wkt: square(5, 47.3, 0.001) }],
  });
}

/** The département once more, with every parcel elsewhere. */
function writeMoved(root: string): void {
  const moved = parcelles(30).map((row, i) => {
    return { ...row, wkt: square(853_500 + 150 * i, 6_692_400, 90) };
  });
  writeParcelles(join(root, 'D021-avant'), moved);
}

/** Two squares, of one commune. */
function writeCommunes(root: string): void {
  const values = { nom_com: 'Dijon', code_dep: '21', code_insee: '21231' };
  writeLayer({
    path: join(root, 'D021', 'COMMUNE.shp'),
    epsg: 2154,
    columns: 'nom_com code_dep code_insee',
    rows: [853_500, 853_700].map((x) => ({ values, wkt: square(x, 6_692_500, 100) })),
  });
}

export const BAD_MIXTURES: readonly BadInput[] = [
  {
    what: 'a département in two formats',
    spoil: writeEtalab,
    sources: [...GOOD, ETALAB],
    code: 'MixedSources',
    where: { source: 'etalab', layer: 'cadastre/parcelle' },
    message: /^of etalab, and D021 of parcellaire-express: a département has one format$/,
  },
  {
    what: 'a document deposited that the extraction holds too',
    spoil: (root) => {
      writeExtraction(root, '21231');
    },
    code: 'MixedSources',
    where: { source: DOCUMENT.path ?? '', layer: 'gpu/zone-urba', id: '#1' },
    message: new RegExp(
      `^tells of a document or place that ${EXTRACTION.path ?? ''} tells of too, in another format or edition$`,
    ),
  },
  {
    what: 'two different communes of one code',
    spoil: writeCommunes,
    code: 'RepeatedId',
    where: { source: 'D021', layer: 'cadastre/commune', id: '21231' },
    message: /^1 of 2 features have the identifier of another one \(here of D021\) and hold something else$/,
  },
  {
    what: 'one département in two vintages',
    spoil: writeMoved,
    sources: [...GOOD, OTHER_VINTAGE],
    code: 'MixedSources',
    where: { source: 'D021', layer: 'cadastre/parcelle', id: '21231000AB0010' },
    message: /^tells of a document or place that D021-avant.D021 tells of too, in another format or edition$/,
  },
  {
    what: 'one département in two files of one vintage that disagree',
    spoil: writeMoved,
    sources: [...GOOD.filter((source) => source !== CADASTRE), SAME_VINTAGE, OTHER_VINTAGE],
    code: 'RepeatedId',
    where: { source: 'D021', layer: 'cadastre/parcelle', id: '21231000AB0001' },
    message: /^30 of 60 features have the identifier of another one \(here of D021-avant.D021\) and hold/,
  },
  {
    what: 'a commune in two editions of one folder',
    spoil: (root) => {
      writeEtalab(root, 'etalab/2025-12-01');
      writeEtalab(root, 'etalab/2026-03-01');
    },
    sources: [...GOOD.filter((source) => source !== CADASTRE), ETALAB],
    code: 'MixedSources',
    where: {
      source: 'etalab',
      member: '2026-03-01/cadastre-21231-parcelles.json',
      layer: 'cadastre/parcelle',
    },
    message: /^tells of what 2025-12-01.cadastre-21231-parcelles.json tells of too: one edition is wanted$/,
  },
  {
    what: 'a document in two editions',
    spoil: (root) => {
      mkdirSync(join(root, LATER.path ?? ''));
      writeLayer({
        path: join(root, LATER.path ?? '', 'ZONE_URBA.shp'),
        epsg: 2154,
        columns: 'libelle typezone',
        rows: [{ values: { libelle: 'N', typezone: 'N' }, wkt: square(853_500, 6_692_500, 300) }],
      });
    },
    sources: [...GOOD, LATER],
    code: 'MixedSources',
    where: { source: LATER.path ?? '', layer: 'gpu/zone-urba', id: '#1' },
    message: /^tells of a document or place that .* tells of too, in another format or edition$/,
  },
];
