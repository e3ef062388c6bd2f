/**
 * Servitudes of water catchments (AS1) as CSV with the geometry in WKT, WGS84, columns
 * in no order, the geometry last. Two servitudes share an act, one has two.
 */
import gdal from 'gdal-async';
import { writeFileSync } from 'node:fs';
import { blob } from './blob.ts';
import type { Value, Values } from './fields.ts';
import { epsgOf } from './gpu-documents.ts';
import { servedTable } from './cnig-servitudes.ts';
import { randomOf } from './random.ts';
import { onGrid, type Point } from './ring.ts';
import { polygon, toWkb, type Shape } from './shape.ts';
import type { Plans } from './territory.ts';
import type { SourceEntry, Workshop } from './workshop.ts';

const SOURCE = 'gpu/depots/130099924_AS1_01_20180514';
const CODE_INSEE = '01004';
const CATCHMENTS = ['Source de l’Albine', 'Forage du Pré-Rond', 'Puits de la Rive'];

interface CsvTable {
  readonly name: string;
  readonly rows: readonly (Values & { readonly WKT?: string })[];
}

function quoted(value: Value): string {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toCsv({ rows }: CsvTable): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => quoted(row[name] ?? null)).join(','));
  return [names.join(','), ...lines, ''].join('\n');
}

/** Well-known text in degrees, longitude first. */
function wkt(shape: Shape): string {
  const geometry = gdal.Geometry.fromWKB(toWkb(shape));
  const from = gdal.SpatialReference.fromEPSG(epsgOf(CODE_INSEE));
  geometry.transform(
    new gdal.CoordinateTransformation(from, gdal.SpatialReference.fromUserInput('OGC:CRS84')),
  );
  return geometry.toWKT();
}

function at(plans: Plans, rank: number): Point {
  const { village } = plans.of(CODE_INSEE);
  return onGrid(village[0] + 220 * (rank - 1), village[1] + 180);
}

/** The well is a point in a multipoint, of which two perimeters are drawn. */
function placedTables(plans: Plans): CsvTable[] {
  const generateurs = CATCHMENTS.map((nom, rank) => ({
    TYPEGEN: 'Captage',
    NOMGEN: `AS1_${nom}_gen`,
    IDSUP: rank + 1,
    MODEGENERE: 'Digitalisation',
    IDGEN: rank + 1,
    TYPE: 'Eau potable',
    WKT: wkt({ type: 'MultiPoint', coordinates: [at(plans, rank)] }),
  }));
  const assiettes = CATCHMENTS.flatMap((nom, rank) =>
    [40, 160].map((radius, i) => ({
      PARAMCALC: 0,
      NOMASS: `AS1_${nom}_${i === 0 ? 'imme' : 'rapp'}`,
      DATESRCASS: '2009',
      IDASS: 2 * rank + i + 1,
      TYPEASS: i === 0 ? 'Périmètre de protection immédiate' : 'Périmètre de protection rapprochée',
      IDGEN: rank + 1,
      WKT: wkt(polygon(blob(at(plans, rank), radius, randomOf(nom, radius), { vertices: 40 }))),
    })),
  );
  return [
    { name: 'AS1_GENERATEUR_SUP_P', rows: generateurs },
    { name: 'AS1_ASSIETTE_SUP_S', rows: assiettes },
  ];
}

function tables(): CsvTable[] {
  const servitudes = CATCHMENTS.map((nom, rank) => ({
    MODEPROD: 'numérisation',
    IDGEST: 1001,
    IDSUP: rank + 1,
    NOMSUP: `AS1_${nom}_sup`,
    CATEGORIE: 'AS1',
    NOMSUPLITT: nom,
  }));
  const actes = [101, 102, 201].map((IDACTE) => ({
    DATEDECIS: '19890405',
    REFERENCE: 'Inconnu',
    TYPEACTE: 'Arrêté préfectoral, modifié',
    IDACTE,
    APLAN: 'F',
    DECISION: 'Création',
  }));
  const pairs = [
    [1, 101],
    [1, 102],
    [2, 201],
    [3, 201],
  ] as const;
  return [
    { name: 'SERVITUDE', rows: servitudes },
    { name: 'ACTE_SUP', rows: actes },
    { name: 'SERVITUDE_ACTE_SUP', rows: pairs.map(([IDSUP, IDACTE]) => ({ IDSUP, IDACTE })) },
    {
      name: 'GESTIONNAIRE_SUP',
      rows: [{ NOMGEST: "Agence régionale de santé de Terre d'exemple", IDGEST: 1001 }],
    },
  ];
}

/** Writes the folder under `gpu/depots/`. */
export function writeCsvDeposit(workshop: Workshop): SourceEntry {
  for (const table of [...placedTables(workshop.plans), ...tables()]) {
    writeFileSync(workshop.file(`${SOURCE}/${table.name}.csv`), toCsv(table));
    const served = servedTable(table.name.replace(/^AS1_/, ''));
    if (served === null) continue;
    table.rows.forEach((_, rank) => {
      workshop.tally.add(served, SOURCE, `#${String(rank)}`);
    });
  }
  return { dataset: 'gpu', format: 'cnig', path: SOURCE, crs: 'EPSG:4326', vintage: '2018-05-14' };
}
