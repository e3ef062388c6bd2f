/**
 * The layers of Parcellaire Express (PCI) and of BD Parcellaire: names, types and
 * widths of IGN's DBF files.
 */
import { integer, real, text, type FieldTable } from './fields.ts';

const COMMUNE_CODES: FieldTable = [
  text('CODE_DEP', 2),
  text('NOM_COM', 45),
  text('CODE_COM', 3),
  text('COM_ABS', 3),
];

const SHEET: FieldTable = [integer('FEUILLE', 2), text('SECTION', 2), ...COMMUNE_CODES];

/** Overseas, CODE_DEP is `97` and CODE_COM has the third digit. No layer of sheets has CODE_INSEE. */
export const PCI = {
  PARCELLE: [text('IDU', 14), text('NUMERO', 4), ...SHEET, text('CODE_ARR', 3), real('CONTENANCE', 12)],
  LOCALISANT: [text('NUMERO', 4), ...SHEET, text('CODE_ARR', 3), text('IDU', 14)],
  FEUILLE: [...SHEET, text('ECHELLE', 9), text('EDITION', 10), text('CODE_ARR', 3)],
  COMMUNE: [text('NOM_COM', 45), text('CODE_DEP', 2), text('CODE_INSEE', 5)],
  /** Paris, Lyon and Marseille only. */
  ARRONDISSEMENT: [text('CODE_INSEE', 5), text('NOM_ARR', 45), text('CODE_ARR', 3)],
  BATIMENT: [text('TYPE', 2), text('CODE_DEP', 2), text('CODE_INSEE', 5)],
  SUBDIVISION_FISCALE: [text('IDU_PARCEL', 14), text('LETTRE', 2)],
  BORNE_LIMITE_PROPRIETE: [text('ID', 16)],
  /** A table: which marker stands at which parcelle. */
  BORNE_PARCELLE: [text('ID_BORNE', 16), text('IDU_PARCEL', 14)],
} as const satisfies Record<string, FieldTable>;

/** No IDU, no CONTENANCE; EDITION is a number. */
export const BDP = {
  PARCELLE: [text('NUMERO', 4), ...SHEET, text('CODE_ARR', 3)],
  LOCALISANT: [text('NUMERO', 4), ...SHEET, text('CODE_ARR', 3)],
  DIVCAD: [...SHEET, text('ECHELLE', 9), integer('EDITION', 4), text('CODE_ARR', 3)],
  COMMUNE: [text('NOM_COM', 45), text('CODE_DEP', 2), text('CODE_INSEE', 5)],
} as const satisfies Record<string, FieldTable>;
