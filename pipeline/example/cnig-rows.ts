/**
 * Rows of a planning document as a depositor has them, under the CNIG's names: zones,
 * sectors, prescriptions, and the document itself.
 */
import type { DefectName } from './defects.ts';
import type { Values } from './fields.ts';
import { perimeters, type PerimeterOptions } from './perimeters.ts';
import type { Plans } from './territory.ts';
import type { Row } from './vector-file.ts';
import { secteursOf, zonesOf } from './zones.ts';

export interface DepositRow extends Row {
  readonly defect?: DefectName;
}

/** A document that is deposited for one commune. */
export interface Deposit {
  /** Of the archive: `01004_PLU_20230615`. */
  readonly name: string;
  readonly codeInsee: string;
  /** YYYYMMDD. */
  readonly date: string;
  readonly type: 'PLU' | 'CC';
}

function endValues({ name, codeInsee, date }: Deposit): Values {
  return { NOMFIC: `${codeInsee}_reglement_${date}.pdf`, IDURBA: name, DATVALID: date };
}

export function docUrbaRows({ name, codeInsee, date, type }: Deposit): DepositRow[] {
  const values = { IDURBA: name, TYPEDOC: type, ETAT: '03', NOMPROC: 'E', DATAPPRO: date, TYPEREF: '01' };
  return [{ values: { ...values, NOMREG: `${codeInsee}_reglement_${date}.pdf` }, shape: null }];
}

export function docUrbaComRows({ name, codeInsee }: Deposit): DepositRow[] {
  return [{ values: { IDURBA: name, INSEE: codeInsee }, shape: null }];
}

export function zoneRows(plans: Plans, deposit: Deposit): DepositRow[] {
  return zonesOf(plans, deposit.codeInsee).map(({ libelle, libelong, typezone, shape }) => ({
    values: {
      LIBELLE: libelle,
      LIBELONG: `${libelong} — cœur et abords`,
      TYPEZONE: typezone,
      ...endValues(deposit),
    },
    shape,
  }));
}

export function secteurRows(plans: Plans, deposit: Deposit): DepositRow[] {
  return secteursOf(plans, deposit.codeInsee).map(({ libelle, libelong, typesect, shape }) => ({
    values: { LIBELLE: libelle, LIBELONG: libelong, TYPESECT: typesect, ...endValues(deposit) },
    shape,
  }));
}

/** What a perimeter is of: which codes, how many, and the columns that hold them. */
export type Theme = Omit<PerimeterOptions, 'land'> & {
  readonly columns: readonly [type: string, subtype: string];
};

export function perimeterRows(plans: Plans, deposit: Deposit, theme: Theme): DepositRow[] {
  const options = { ...theme, land: plans.of(deposit.codeInsee) };
  const [typeColumn, subtypeColumn] = theme.columns;
  return perimeters(`${String(plans.seed)}/${deposit.name}/${typeColumn}`, options).map(
    ({ code: [type, subtype, libelle], shape }) => ({
      values: { LIBELLE: libelle, [typeColumn]: type, [subtypeColumn]: subtype, ...endValues(deposit) },
      shape,
    }),
  );
}
