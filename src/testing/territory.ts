/** A small tree with a bit of everything, for tests of whole queries. */
import { toDegrees, toLattice, type Box } from '../geometry/lattice.ts';
import { PARCELLE_FIELDS, parcelles, randomLine, randomPoints, randomPolygon, star } from './features.ts';
import { seededRandom } from './random.ts';
import type { TestFeature, TestLayer } from './tree.ts';

export const COTE_D_OR: Box = [4.8, 47.1, 5.2, 47.4];
export const REUNION: Box = [55.4, -21.2, 55.6, -21];
export const PARIS: Box = [2.2, 48.8, 2.45, 48.95];

const random = seededRandom(20_261_122);

function rows(count: number, feature: (i: number) => TestFeature): TestFeature[] {
  return Array.from({ length: count }, (_, i) => feature(i));
}

/** A vine of many vertices around half of the place. */
const giant: TestFeature = {
  properties: { gid: 9999, libelle: 'géant', typezone: 'N', partition: 'DU_21231' },
  geometry: { type: 'MultiPolygon', coordinates: [[star(random, [5, 47.25], 0.2, 20_000)]] },
};

const parcelle: TestLayer = {
  geometry: 'MultiPolygon',
  fields: PARCELLE_FIELDS,
  partitions: {
    21: [
      ...parcelles(random, '21231', '000', COTE_D_OR, 600),
      ...parcelles(random, '21166', '000', COTE_D_OR, 300),
    ],
    75: [...parcelles(random, '75056', '107', PARIS, 60), ...parcelles(random, '75056', '118', PARIS, 60)],
    974: parcelles(random, '97411', '000', REUNION, 200),
  },
};

const communes: Readonly<Record<string, readonly [codes: readonly string[], box: Box]>> = {
  21: [['21231', '21166'], COTE_D_OR],
  75: [['75107', '75118'], PARIS],
  974: [['97411'], REUNION],
};

const commune: TestLayer = {
  geometry: 'MultiPolygon',
  fields: 'gid:integer nom_com code_dep code_insee',
  partitions: Object.fromEntries(
    Object.entries(communes).map(([id, [codes, box]]) => [
      id,
      codes.map((code, gid) => ({
        properties: { gid, nom_com: `Commune ${code}`, code_dep: code.slice(0, 2), code_insee: code },
        geometry: randomPolygon(random, box, 0.1),
      })),
    ]),
  ),
};

const zoneUrba: TestLayer = {
  geometry: 'MultiPolygon',
  fields: 'gid:integer libelle typezone partition',
  partitions: {
    france: [
      giant,
      ...rows(300, (gid) => ({
        properties: {
          gid,
          libelle: `zone ${gid}`,
          typezone: 'UAN'.charAt(gid % 3),
          partition: `DU_2123${gid % 2}`,
        },
        geometry: randomPolygon(random, COTE_D_OR, 0.02),
      })),
    ],
  },
};

const infoLin: TestLayer = {
  geometry: 'MultiLineString',
  fields: 'gid:integer libelle',
  partitions: {
    france: rows(300, (gid) => ({
      properties: { gid, libelle: null },
      geometry: randomLine(random, COTE_D_OR, 0.05),
    })),
  },
};

const localisant: TestLayer = {
  geometry: 'MultiPoint',
  fields: 'gid:integer idu code_dep code_com',
  partitions: {
    21: rows(300, (gid) => ({
      properties: { gid, idu: `21231000AB${String(gid).padStart(4, '0')}`, code_dep: '21', code_com: '231' },
      geometry: randomPoints(random, COTE_D_OR),
    })),
  },
};

const assiette: TestLayer = {
  geometry: 'MultiPolygon',
  fields: 'suptype idass partition',
  partitions: {
    france: rows(40, (i) => ({
      properties: { suptype: i % 2 === 0 ? 'ac1' : 'pm1', idass: `a${i}`, partition: `SUP_21_${i % 2}` },
      geometry: randomPolygon(random, COTE_D_OR, 0.02),
    })),
  },
};

const acteSup: TestLayer = {
  geometry: null,
  fields: 'idacte partition nomacte',
  partitions: {
    france: rows(30, (i) => ({
      properties: { idacte: `acte ${i}`, partition: `SUP_21_${i % 2}`, nomacte: null },
      geometry: null,
    })),
  },
};

export const TERRITORY: Readonly<Record<string, TestLayer>> = {
  'cadastre/commune': commune,
  'cadastre/parcelle': parcelle,
  // The variant differs by one feature, so that an answer tells which one was read.
  'cadastre/parcelle-bdp': { ...parcelle, partitions: { 21: parcelle.partitions['21']?.slice(1) ?? [] } },
  'cadastre/localisant': localisant,
  'gpu/zone-urba': zoneUrba,
  'gpu/info-lin': infoLin,
  'gpu/assiette-sup-s': assiette,
  'gpu/acte-sup': acteSup,
};

export const POSTAL_ROWS = [
  {
    codePostal: '21700',
    codeCommune: '21464',
    nomCommune: 'Nuits-Saint-Georges',
    libelleAcheminement: 'NUITS ST GEORGES',
  },
  { codePostal: '21700', codeCommune: '21166', nomCommune: 'Chivres', libelleAcheminement: 'CHIVRES' },
  { codePostal: '21000', codeCommune: '21231', nomCommune: 'Dijon', libelleAcheminement: 'DIJON' },
  { codePostal: '97411', codeCommune: '97411', nomCommune: 'Saint-Denis', libelleAcheminement: 'ST DENIS' },
];

/** On the lattice, from degrees. */
export function onLattice(degrees: number): number {
  return toDegrees(toLattice(degrees));
}
