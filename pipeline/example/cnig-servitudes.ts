/**
 * Servitudes as their managers deposit them: a plan of technological risks (PM3) in
 * shapefiles and DBF tables, whose identifiers are numbers with decimals in the tables
 * and whole in the shapefiles, and whose text is UTF-8 without a `.cpg`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { blob } from './blob.ts';
import type { DepositRow } from './cnig-rows.ts';
import { SUP } from './cnig-schemas.ts';
import { epsgOf } from './gpu-documents.ts';
import { randomOf } from './random.ts';
import { onGrid, type Point } from './ring.ts';
import { polygon } from './shape.ts';
import type { Plans } from './territory.ts';
import { writeVector, type VectorSpec } from './vector-file.ts';
import type { SourceEntry, Workshop } from './workshop.ts';

const NAME = '130099923_PM3_69_20200115';
const SOURCE = `gpu/depots/${NAME}`;
const CODE_INSEE = '69381';
/** Plans of the département, by the number of their servitude. */
const PLANS: readonly (readonly [number: number, nom: string])[] = [
  [35, 'Dépôt pétrolier des Deux-Rives'],
  [36, 'Usine chimique du Confluent'],
];

type Table = keyof typeof SUP;

interface SupLayer {
  readonly table: Table;
  readonly file: string;
  readonly geometry: VectorSpec['geometry'];
  readonly rows: readonly DepositRow[];
}

function at(plans: Plans, rank: number): Point {
  const { village } = plans.of(CODE_INSEE);
  return onGrid(village[0] - 150 + 260 * rank, village[1] + 70 * rank);
}

function shapeRows(plans: Plans): readonly [generateurs: DepositRow[], assiettes: DepositRow[]] {
  const generateurs = PLANS.map(([IdSup, nom], rank) => {
    const values = {
      IdGen: rank + 1,
      IdSup,
      nomGen: `PM3_${nom}_gen`,
      typeGen: 'Périmètre réglementé du PPR',
    };
    return {
      values: {
        ...values,
        modeGenere: 'Digitalisation',
        ID_GASPAR: `69DREAL2014000${String(rank + 1)}`,
        CODE_ALEA: '21',
      },
      shape: polygon(blob(at(plans, rank), 60, randomOf(nom), { vertices: 24 })),
    };
  });
  const assiettes = PLANS.map(([, nom], rank) => ({
    values: {
      IdAss: rank + 1,
      IdGen: rank + 1,
      nomAss: `PM3_${nom}_ass`,
      typeAss: 'Enveloppe des zonages réglementaires',
    },
    shape: polygon(blob(at(plans, rank), 210, randomOf(nom, 'ass'), { vertices: 120 })),
  }));
  return [generateurs, assiettes];
}

function servitudeRow([IDSUP, nom]: readonly [number, string]): DepositRow {
  const values = { IDSUP, IDGEST: 2, NOMSUP: `PM3_${nom}_sup`, CATEGORIE: 'PM3', DATEMAJ: '20140423' };
  return { values: { ...values, NOMSUPLITT: nom, ECHNUM: 10000, VALIDEGEST: 'F' }, shape: null };
}

function acteRow([IDACTE, nom]: readonly [number, string]): DepositRow {
  const values = { IDACTE, NOMACTE: `PM3_${nom}_act`, REFERENCE: 'inconnu', TYPEACTE: 'Arrêté préfectoral' };
  return { values: { ...values, DECISION: 'Création', DATEDECIS: '20140423' }, shape: null };
}

function layersOf(plans: Plans): SupLayer[] {
  const [generateurs, assiettes] = shapeRows(plans);
  const table = (name: Table, rows: readonly DepositRow[]): SupLayer => ({
    table: name,
    file: `${name}_069.dbf`,
    geometry: null,
    rows,
  });
  const gestionnaire = { IDGEST: 2, NOMGEST: "Direction régionale de Terre d'exemple" };
  return [
    {
      table: 'GENERATEUR_SUP_S',
      file: 'PM3_GENERATEUR_SUP_S_069.shp',
      geometry: 'polygon',
      rows: generateurs,
    },
    { table: 'ASSIETTE_SUP_S', file: 'PM3_ASSIETTE_SUP_S_069.shp', geometry: 'polygon', rows: assiettes },
    table('SERVITUDE', PLANS.map(servitudeRow)),
    table('ACTE_SUP', PLANS.map(acteRow)),
    table(
      'SERVITUDE_ACTE_SUP',
      PLANS.map(([id]) => ({ values: { IDSUP: id, IDACTE: id }, shape: null })),
    ),
    table('GESTIONNAIRE_SUP', [{ values: gestionnaire, shape: null }]),
  ];
}

function writeLayer(folder: string, { table, file, geometry, rows }: SupLayer): void {
  const path = join(folder, file);
  const options = ['ENCODING=UTF-8', 'DBF_DATE_LAST_UPDATE=2020-01-15'];
  const spec = { path, driver: 'ESRI Shapefile', fields: SUP[table], options } as const;
  writeVector(
    geometry === null ? { ...spec, geometry } : { ...spec, geometry, epsg: epsgOf(CODE_INSEE) },
    rows,
  );
  rmSync(path.replace(/\.\w+$/, '.cpg'));
}

/** What a table of servitudes becomes in the published tree, if anything: `gpu/acte-sup`. */
export function servedTable(table: string): string | null {
  return /^(ACTE|GENERATEUR|ASSIETTE)_/.test(table)
    ? `gpu/${table.toLowerCase().replaceAll('_', '-')}`
    : null;
}

/** Writes the folder under `gpu/depots/`. */
export function writeServitudeDeposit(workshop: Workshop): SourceEntry {
  const folder = workshop.folder(`${SOURCE}/Donnees_geographiques`);
  for (const layer of layersOf(workshop.plans)) {
    writeLayer(folder, layer);
    const served = servedTable(layer.table);
    if (served === null) continue;
    layer.rows.forEach((_, rank) => {
      workshop.tally.add(served, SOURCE, `#${String(rank)}`);
    });
  }
  return { dataset: 'gpu', format: 'cnig', path: SOURCE, vintage: '2020-01-15' };
}
