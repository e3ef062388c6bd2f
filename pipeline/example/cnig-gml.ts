/**
 * A PLU of La Réunion as a folder of GML: the 2013 standard (commune and date instead
 * of the document), its own CRS, a layer without a feature, and codes with leading
 * zeros that a reader must not take for numbers.
 */
import { writeFileSync } from 'node:fs';
import {
  docUrbaComRows,
  docUrbaRows,
  perimeterRows,
  zoneRows,
  type Deposit,
  type DepositRow,
} from './cnig-rows.ts';
import { texts, type FieldTable } from './fields.ts';
import { toGml } from './gml.ts';
import { epsgOf } from './gpu-documents.ts';
import { PRESCRIPTIONS } from './perimeters.ts';
import type { Plans } from './territory.ts';
import type { SourceEntry, Workshop } from './workshop.ts';

const DEPOSIT: Deposit = { name: '97490_PLU_20210708', codeInsee: '97490', date: '20210708', type: 'PLU' };
const SOURCE = `gpu/depots/${DEPOSIT.name}`;

const ZONE = texts('LIBELLE LIBELONG TYPEZONE DESTDOMI NOMFIC URLFIC INSEE DATAPPRO DATVALID');
const PRESCRIPTION = texts('LIBELLE TXT TYPEPSC STYPEPSC NOMFIC URLFIC INSEE DATAPPRO DATVALID');

interface DepositLayer {
  readonly name: string;
  readonly fields: FieldTable;
  readonly rows: readonly DepositRow[];
}

/** The 2013 standard names the commune in every row. */
function withCommune(row: DepositRow): DepositRow {
  const { codeInsee, date } = DEPOSIT;
  return { ...row, values: { ...row.values, INSEE: codeInsee, DATAPPRO: date, DESTDOMI: '03' } };
}

/** A document stands at a point there. */
function placed(row: DepositRow, plans: Plans): DepositRow {
  const [x, y] = plans.of(DEPOSIT.codeInsee).village;
  return { ...row, shape: { type: 'Point', coordinates: [Math.round(x), Math.round(y)] } };
}

function layersOf(plans: Plans): DepositLayer[] {
  const theme = (kind: 'pct' | 'lin' | 'surf', count: number): DepositRow[] => {
    const columns = ['TYPEPSC', 'STYPEPSC'] as const;
    return perimeterRows(plans, DEPOSIT, { kind, count, columns, codes: PRESCRIPTIONS[kind] }).map(
      withCommune,
    );
  };
  const docUrba = texts('IDURBA TYPEDOC ETAT DATAPPRO NOMREG TYPEREF');
  const atVillage = (row: DepositRow): DepositRow => placed(row, plans);
  return [
    { name: 'ZONE_URBA', fields: ZONE, rows: zoneRows(plans, DEPOSIT).map(withCommune) },
    { name: 'PRESCRIPTION_SURF', fields: PRESCRIPTION, rows: theme('surf', 8) },
    { name: 'PRESCRIPTION_LIN', fields: PRESCRIPTION, rows: theme('lin', 5) },
    { name: 'PRESCRIPTION_PCT', fields: PRESCRIPTION, rows: theme('pct', 8) },
    { name: 'INFO_LIN', fields: PRESCRIPTION, rows: [] },
    { name: 'DOC_URBA', fields: docUrba, rows: docUrbaRows(DEPOSIT).map(atVillage) },
    { name: 'DOC_URBA_COM', fields: texts('IDURBA INSEE'), rows: docUrbaComRows(DEPOSIT).map(atVillage) },
  ];
}

/** Writes the folder under `gpu/depots/`. */
export function writeGmlDeposit(workshop: Workshop): SourceEntry {
  for (const layer of layersOf(workshop.plans)) {
    const text = toGml({ ...layer, epsg: epsgOf(DEPOSIT.codeInsee) });
    writeFileSync(workshop.file(`${SOURCE}/${layer.name}.gml`), text);
    if (layer.name.startsWith('DOC_URBA')) continue;
    const served = `gpu/${layer.name.toLowerCase().replace('_', '-')}`;
    layer.rows.forEach((row, rank) => {
      workshop.tally.add(served, SOURCE, `#${String(rank)}`, row.defect);
    });
  }
  return {
    dataset: 'gpu',
    format: 'cnig',
    path: SOURCE,
    vintage: '2021-07-08',
    mayBeEmpty: ['INFO_LIN.gml'],
  };
}
