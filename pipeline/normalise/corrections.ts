/**
 * Known errors of the producers' files, put right by hand: lines of `data/corrections/*.csv`,
 * each with its reason. `docs/corrections.md` is the reference. Refuses a line that cannot be
 * used, by file and line; a line that applied to nothing is told by the report.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CsvError, parse } from 'csv-parse/sync';
import { messageOf, PipelineError } from '../errors.ts';
import type { RawValue } from './row.ts';

export interface Correction {
  /** `aoc.csv:3`: its file and line. */
  readonly at: string;
  readonly layer: string;
  /** A column of the producer, in lower case. */
  readonly column: string;
  /** What stands there, blanks trimmed; empty for nothing. */
  readonly found: string;
  /** What must stand in other columns for the line to apply. */
  readonly where: Readonly<Record<string, string>>;
  /** What is taken instead: a text, or with `=` before it the column that holds it. */
  readonly corrected: string;
  readonly reason: string;
}

/** Those of the project. */
export const CORRECTIONS = fileURLToPath(new URL('../../data/corrections/', import.meta.url));

const COLUMNS = ['layer', 'column', 'found', 'where', 'corrected', 'reason'] as const;
type CsvColumn = (typeof COLUMNS)[number];

function fault(line: Readonly<Record<CsvColumn, string>>, isLayer: (name: string) => boolean): string | null {
  if (!isLayer(line.layer)) return `no layer is named "${line.layer}"`;
  if (!/^[a-z0-9_]+$/.test(line.column)) return `"${line.column}" is no column in lower case`;
  if (line.corrected === '') return 'nothing in the column "corrected"';
  if (/^=(?![a-z0-9_]+$)/.test(line.corrected)) return `"${line.corrected}" names no column`;
  if (line.corrected === line.found) return 'corrected is what is found';
  if (line.reason === '') return 'no reason is given';
  const conditions = line.where === '' ? [] : line.where.split(';');
  const bad = conditions.find((condition) => !/^\s*[a-z0-9_]+=/.test(condition));
  return bad === undefined ? null : `where: "${bad}" is not column=text`;
}

function conditionsOf(where: string): Record<string, string> {
  const conditions = where === '' ? [] : where.split(';');
  return Object.fromEntries(
    conditions.map((condition) => {
      const at = condition.indexOf('=');
      return [condition.slice(0, at).trim(), condition.slice(at + 1).trim()];
    }),
  );
}

interface CsvLine {
  readonly record: Readonly<Record<CsvColumn, string>>;
  readonly info: { readonly lines: number };
}

function parseFile(folder: string, file: string): CsvLine[] {
  const header = (names: string[]): string[] => {
    if (names.join() === COLUMNS.join()) return names;
    throw new PipelineError(
      'BadCorrection',
      `the columns are ${COLUMNS.join(', ')}; found ${names.join(', ')}`,
      {
        source: file,
        line: 1,
      },
    );
  };
  const options = { bom: true, trim: true, info: true, skip_empty_lines: true, columns: header };
  try {
    return parse(readFileSync(join(folder, file), 'utf8'), options) as unknown as CsvLine[];
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    const line =
      error instanceof CsvError && typeof error['lines'] === 'number' ? { line: error['lines'] } : {};
    throw new PipelineError('BadCorrection', messageOf(error), { source: file, ...line }, error);
  }
}

/**
 * All corrections in `folder`, in the order of the files' names; none when it is not there.
 * @throws PipelineError `BadCorrection` with the file and the line.
 */
export function readCorrections(folder: string, isLayer: (name: string) => boolean): Correction[] {
  let files: string[];
  try {
    files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  } catch {
    return [];
  }
  return files.sort().flatMap((file) =>
    parseFile(folder, file).map(({ record, info }) => {
      const what = fault(record, isLayer);
      if (what !== null) throw new PipelineError('BadCorrection', what, { source: file, line: info.lines });
      return { ...record, at: `${file}:${info.lines}`, where: conditionsOf(record.where) };
    }),
  );
}

function textOf(values: ReadonlyMap<string, RawValue>, column: string): string {
  const value = values.get(column) ?? null;
  return value === null || typeof value === 'object' ? '' : String(value).trim();
}

/** Applies the corrections of one layer to rows, and counts what each did. */
export class Corrector {
  readonly #corrections: readonly Correction[];
  readonly #applied = new Map<string, number>();

  constructor(corrections: readonly Correction[], layer: string) {
    this.#corrections = corrections.filter((correction) => correction.layer === layer);
  }

  /** How many rows each line changed, by where it stands; lines that changed none are left out. */
  get applied(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#applied);
  }

  /** Changes `values`; `note` is told each change. Every line sees what the lines before it made. */
  correct(values: Map<string, RawValue>, note: (repair: string) => void): void {
    for (const correction of this.#corrections) {
      const value = this.#valueFor(correction, values);
      if (value === null) continue;
      const { at, column, found } = correction;
      values.set(column, value);
      this.#applied.set(at, (this.#applied.get(at) ?? 0) + 1);
      note(`${column}: ${found === '' ? 'nothing' : `"${found}"`} corrected to "${value}" (${at})`);
    }
  }

  /** `null` where the line does not apply. */
  #valueFor(correction: Correction, values: ReadonlyMap<string, RawValue>): string | null {
    const { column, found, where, corrected } = correction;
    if (!values.has(column) || textOf(values, column) !== found) return null;
    if (Object.entries(where).some(([name, text]) => textOf(values, name) !== text)) return null;
    const value = corrected.startsWith('=') ? textOf(values, corrected.slice(1)) : corrected;
    return value === '' || value === found ? null : value;
  }
}
