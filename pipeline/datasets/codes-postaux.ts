/**
 * Postal codes: the npm table that API Carto serves, or La Poste's own file, which is
 * fresher and names communes in capitals. Tables without places, cut by the first two
 * digits of the code.
 */
import type { Field, Provenance } from '../../src/format/catalogue.ts';
import type { Where } from '../errors.ts';
import type { Encoding } from '../normalise/encoding.ts';
import type { Findings } from '../normalise/report.ts';
import type { Drift } from './columns.ts';
import { LICENCE_OUVERTE, fields } from './dataset.ts';
import { readLaposte } from './laposte.ts';
import { readNpmTable, type CommuneOfCodePostal } from './npm-codes-postaux.ts';

export const CODES_POSTAUX_LAYER = 'codes-postaux/communes';

/** The share of its rows that the table may lose from one vintage to the next without a question. */
export const CODES_POSTAUX_MAX_DROP = 0.02;

export const codesPostauxFields: readonly Field[] = fields(
  'codePostal codeCommune nomCommune libelleAcheminement',
);

export const codesPostauxProvenance: Readonly<
  Record<'npm' | 'laposte', Omit<Provenance, 'source' | 'vintage'>>
> = {
  npm: {
    producer: 'Base Adresse Nationale, d’après la DGFiP (FIMOCT) et l’INSEE',
    licence: 'MIT (paquet codes-postaux) ; Licence Ouverte (données)',
    attribution: 'codes-postaux, DGFiP, INSEE',
  },
  laposte: {
    producer: 'La Poste',
    licence: LICENCE_OUVERTE,
    attribution: 'La Poste – Base officielle des codes postaux',
  },
};

export interface CodesPostauxTable extends Findings {
  readonly rows: readonly CommuneOfCodePostal[];
  /** `null` where the format itself fixes it. */
  readonly encoding: Encoding | null;
  /** Rows of the source. */
  readonly in: number;
  readonly drift: Drift;
}

export interface TableOptions {
  readonly path: string;
  readonly encoding: Encoding | undefined;
  /** A text that must appear: it does not when the encoding is wrong. */
  readonly sentinel: string | undefined;
  readonly where: Where;
}

/**
 * Reads a table of postal codes.
 * @throws PipelineError `MissingSource`, `BadSchema`, `BadEncoding`, `EmptySource`, `TooManyRejects`,
 *   with the line where there is one.
 */
export function readCodesPostaux(format: 'npm' | 'laposte', options: TableOptions): CodesPostauxTable {
  if (format === 'laposte') return readLaposte(options);
  const rows = readNpmTable(options.path, options.where);
  // Read by a schema that refuses any other column.
  const drift = { generation: 'codes-postaux (npm)', missing: [], added: [], retyped: [] };
  return { rows, encoding: null, in: rows.length, rejects: [], repairs: [], garbled: [], drift };
}
