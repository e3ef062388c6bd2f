/**
 * La Poste's table of postal codes: a CSV of two generations, in UTF-8 or Windows-1252, with a row
 * for each lieu-dit. Refuses another schema, and a file of which too many rows are no postal codes.
 */
import { readFileSync } from 'node:fs';
import { messageOf, PipelineError, type Where } from '../errors.ts';
import { readCsv } from '../normalise/csv.ts';
import { decodeText, detectEncoding } from '../normalise/encoding.ts';
import { looksGarbled, mendText } from '../normalise/mojibake.ts';
import type { Finding, Findings } from '../normalise/report.ts';
import type { CodesPostauxTable, TableOptions } from './codes-postaux.ts';
import { driftOf, schema } from './columns.ts';
import type { CommuneOfCodePostal } from './npm-codes-postaux.ts';

/** Both generations of La Poste's header, once normalised. */
const COLUMNS: Readonly<Record<keyof CommuneOfCodePostal, readonly string[]>> = {
  codePostal: ['code_postal'],
  codeCommune: ['code_commune_insee'],
  nomCommune: ['nom_commune', 'nom_de_la_commune'],
  libelleAcheminement: ['libelle_acheminement', 'libelle_d_acheminement'],
};

const PAIR = 'code_commune_insee code_postal ligne_5';

const LAPOSTE = schema(
  {
    'La Poste 2023': `${PAIR} nom_de_la_commune libelle_d_acheminement`,
    'La Poste 2019': `${PAIR} nom_commune libelle_d_acheminement coordonnees_gps`,
    'La Poste 2014': `${PAIR} nom_commune libelle_acheminement coordonnees_gps`,
  },
  '_geopoint latitude longitude coordonnees_gps coordonnees_geographiques',
);

/** `#Code_commune_INSEE` and `Libellé_d_acheminement` as `code_commune_insee`, `libelle_d_acheminement`. */
function normaliseHeader(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f\ufeff#]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly line: number;
}

function parseCsv(text: string, where: Where): CsvRow[] {
  const [header, ...rows] = readCsv(text, where);
  const names = header?.values.map(normaliseHeader) ?? [];
  return rows.map(({ values, line }) => ({
    record: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])),
    line,
  }));
}

/** The spelling of each column in this file. */
function findColumns(found: readonly string[], where: Where): Record<keyof CommuneOfCodePostal, string> {
  const column = (field: keyof CommuneOfCodePostal): string => {
    const name = COLUMNS[field].find((spelling) => found.includes(spelling));
    if (name !== undefined) return name;
    const wanted = COLUMNS[field].join(' or ');
    throw new PipelineError('BadSchema', `no column ${wanted}; found ${found.join(', ')}`, {
      ...where,
      line: 1,
    });
  };
  return {
    codePostal: column('codePostal'),
    codeCommune: column('codeCommune'),
    nomCommune: column('nomCommune'),
    libelleAcheminement: column('libelleAcheminement'),
  };
}

/** What is wrong with a row; `null` when nothing is. */
function fault({ codePostal, codeCommune }: CommuneOfCodePostal): string | null {
  if (!/^\d{5}$/.test(codePostal)) return `postal code of five digits expected, found "${codePostal}"`;
  if (!/^\d[\dAB]\d{3}$/.test(codeCommune))
    return `code INSEE of five characters expected, found "${codeCommune}"`;
  return null;
}

function byCode(a: CommuneOfCodePostal, b: CommuneOfCodePostal): number {
  const [keyA, keyB] = [a.codePostal + a.codeCommune, b.codePostal + b.codeCommune];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

const SAME_PAIR = 'the same commune and postal code again (another Ligne_5)';

/** One row in a hundred may be unusable; more is another file than La Poste's. */
const MAX_FAULTS = 0.01;

function assertFewFaults(rejects: readonly Finding[], rows: number, where: Where): void {
  const faults = rejects.filter(({ what }) => what !== SAME_PAIR);
  const [first] = faults;
  if (first === undefined || faults.length <= rows * MAX_FAULTS) return;
  const what = `${faults.length} of ${rows} rows rejected: ${first.what}`;
  throw new PipelineError('TooManyRejects', what, { ...where, id: first.id });
}

/** Tells what is mended in a row, and what is garbled. */
function textIn(text: string, id: string, { repairs, garbled }: Findings): string {
  const mended = mendText(text).trim();
  if (mended !== text.trim()) repairs.push({ id, what: 'a wrong decoding mended' });
  if (looksGarbled(mended)) garbled.push({ id, what: mended.slice(0, 60) });
  return mended;
}

/** La Poste lists a row a lieu-dit (`Ligne_5`) and in no order: one row a pair is kept. */
function keepOnePerPair(
  parsed: readonly CsvRow[],
  where: Where,
): Omit<CodesPostauxTable, 'encoding' | 'drift'> {
  const columns = findColumns(Object.keys(parsed[0]?.record ?? {}), where);
  const findings: Findings = { rejects: [], repairs: [], garbled: [] };
  const { rejects } = findings;
  const kept = new Map<string, CommuneOfCodePostal>();
  for (const { record, line } of parsed) {
    const value = (field: keyof CommuneOfCodePostal): string =>
      textIn(record[columns[field]] ?? '', `line ${line}`, findings);
    const row = {
      codePostal: value('codePostal'),
      codeCommune: value('codeCommune'),
      nomCommune: value('nomCommune'),
      libelleAcheminement: value('libelleAcheminement'),
    };
    const pair = `${row.codePostal}/${row.codeCommune}`;
    const what = fault(row) ?? (kept.has(pair) ? SAME_PAIR : null);
    if (what === null) kept.set(pair, row);
    else rejects.push({ id: `line ${line} (${pair})`, what });
  }
  assertFewFaults(rejects, parsed.length, where);
  return { rows: [...kept.values()].sort(byCode), in: parsed.length, ...findings };
}

function readBytes(path: string, where: Where): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new PipelineError('MissingSource', `a CSV file expected: ${messageOf(error)}`, where, error);
  }
}

/**
 * Reads La Poste's CSV.
 * @throws PipelineError with the line where there is one.
 */
export function readLaposte({ path, encoding: declared, sentinel, where }: TableOptions): CodesPostauxTable {
  const bytes = readBytes(path, where);
  const encoding = detectEncoding([bytes], declared, where);
  const text = decodeText(bytes, encoding);
  if (sentinel !== undefined && !text.includes(sentinel)) {
    throw new PipelineError('BadEncoding', `the sentinel "${sentinel}" appears nowhere`, where);
  }
  const parsed = parseCsv(text, where);
  if (parsed.length === 0) throw new PipelineError('EmptySource', 'holds no row', where);
  const found = new Map(Object.keys(parsed[0]?.record ?? {}).map((name) => [name, 'text'] as const));
  return { ...keepOnePerPair(parsed, where), encoding, drift: driftOf(found, LAPOSTE) };
}
