/**
 * A PLU as a commune deposits it: a zip of shapefiles with altitudes, text in
 * Windows-1252 with a `.cpg` that says "1252", tables beside the geographic folder,
 * and written pieces that are no layer.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packArchive } from './archive.ts';
import {
  docUrbaComRows,
  docUrbaRows,
  perimeterRows,
  zoneRows,
  type Deposit,
  type DepositRow,
} from './cnig-rows.ts';
import { DU } from './cnig-schemas.ts';
import { epsgOf } from './gpu-documents.ts';
import { INFOS, PRESCRIPTIONS } from './perimeters.ts';
import type { Plans } from './territory.ts';
import { writeVector, type VectorSpec } from './vector-file.ts';
import type { SourceEntry, Workshop } from './workshop.ts';

const DEPOSIT: Deposit = { name: '01004_PLU_20230615', codeInsee: '01004', date: '20230615', type: 'PLU' };
const SOURCE = `gpu/depots/${DEPOSIT.name}.zip`;
/** Metres: the plan was drawn in three dimensions and never lifted. */
const ALTITUDE = 243;

interface DepositLayer {
  readonly name: keyof typeof DU;
  readonly geometry: VectorSpec['geometry'];
  readonly rows: readonly DepositRow[];
}

/** Type and subtype in one number: 1500 for 15-00. */
function joined(row: DepositRow, rank: number): DepositRow {
  const { TYPEPSC, STYPEPSC, ...values } = row.values;
  const shape = { ...row, values: { ...values, TYPEPSC: Number(`${String(TYPEPSC)}${String(STYPEPSC)}`) } };
  return rank === 0 ? { ...shape, defect: 'cnig-typepsc-joined' } : shape;
}

/** A shapefile of multipoints takes no point. */
function promoted(row: DepositRow): DepositRow {
  const { shape } = row;
  return shape?.type === 'Point'
    ? { ...row, shape: { type: 'MultiPoint', coordinates: [shape.coordinates] } }
    : row;
}

function layersOf(plans: Plans): DepositLayer[] {
  const psc = { codes: PRESCRIPTIONS, columns: ['TYPEPSC', 'STYPEPSC'] } as const;
  const theme = (kind: 'pct' | 'lin' | 'surf', count: number): DepositRow[] =>
    perimeterRows(plans, DEPOSIT, { kind, count, columns: psc.columns, codes: psc.codes[kind] });
  const info = { kind: 'surf', codes: INFOS.surf, count: 6, columns: ['TYPEINF', 'STYPEINF'] } as const;
  return [
    { name: 'ZONE_URBA', geometry: 'polygon-z', rows: zoneRows(plans, DEPOSIT) },
    { name: 'PRESCRIPTION_SURF', geometry: 'polygon-z', rows: theme('surf', 12) },
    { name: 'PRESCRIPTION_LIN', geometry: 'line-z', rows: theme('lin', 7).map(joined) },
    { name: 'PRESCRIPTION_PCT', geometry: 'multipoint-z', rows: theme('pct', 9).map(promoted) },
    { name: 'INFO_SURF', geometry: 'polygon-z', rows: perimeterRows(plans, DEPOSIT, info) },
    { name: 'DOC_URBA', geometry: null, rows: docUrbaRows(DEPOSIT) },
    { name: 'DOC_URBA_COM', geometry: null, rows: docUrbaComRows(DEPOSIT) },
  ];
}

function writeLayer(folder: string, { name, geometry, rows }: DepositLayer): void {
  const { codeInsee, date } = DEPOSIT;
  const stem = join(folder, geometry === null ? '' : 'Donnees_geographiques', `${codeInsee}_${name}_${date}`);
  // LDID/3 is Windows-1252 in a DBF header; GDAL then writes no .cpg of its own.
  const options = ['ENCODING=LDID/3', 'DBF_DATE_LAST_UPDATE=2023-06-15'];
  const spec = { driver: 'ESRI Shapefile', fields: DU[name], options, altitude: ALTITUDE } as const;
  if (geometry === null) {
    writeVector({ ...spec, path: `${stem}.dbf`, geometry }, rows);
    return;
  }
  writeVector({ ...spec, path: `${stem}.shp`, geometry, epsg: epsgOf(codeInsee) }, rows);
  writeFileSync(`${stem}.cpg`, '1252');
}

function writePieces(folder: string): void {
  const annexes = join(folder, 'Pieces_ecrites', '4_Annexes');
  mkdirSync(annexes, { recursive: true });
  const { codeInsee, date } = DEPOSIT;
  const titles = 'FICHIER,TITRE\nliste_sup.pdf,Liste des servitudes\n';
  writeFileSync(join(annexes, `${codeInsee}_titres_pieces_ecrites_${date}.csv`), titles);
  writeFileSync(
    join(folder, `fr-0000${codeInsee}-plu${date}.xml`),
    '<?xml version="1.0" encoding="UTF-8"?>\n<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"/>\n',
  );
}

/** Writes the zip under `gpu/depots/`. */
export async function writePluDeposit(workshop: Workshop): Promise<SourceEntry> {
  const staging = workshop.staging(DEPOSIT.name);
  const folder = join(staging, DEPOSIT.name);
  mkdirSync(join(folder, 'Donnees_geographiques'), { recursive: true });
  for (const layer of layersOf(workshop.plans)) {
    writeLayer(folder, layer);
    if (layer.geometry === null) continue;
    const served = `gpu/${layer.name.toLowerCase().replace('_', '-')}`;
    layer.rows.forEach((row, rank) => {
      workshop.tally.add(served, SOURCE, `#${String(rank)}`, row.defect);
    });
  }
  writePieces(folder);
  await packArchive(staging, workshop.file(SOURCE));
  return { dataset: 'gpu', format: 'cnig', path: SOURCE, vintage: '2023-06-15' };
}
