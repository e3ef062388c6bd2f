/**
 * Comma-separated values, whatever separates them: read strictly, since a row of another width or
 * a quote that is not closed is a file that was cut or joined badly, which GDAL would fill with nulls.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { messageOf, PipelineError, type Where } from '../errors.ts';
import { siblingOf } from '../sources/workspace.ts';
import { decodeText, detectEncoding, type Encoding } from './encoding.ts';

export interface CsvRecord {
  readonly values: readonly string[];
  /** Its last line in the file, from 1. */
  readonly line: number;
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter that the header has most of, texts in quotes left out. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r\n|\n|\r/, 1);
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/**
 * The records of `text`, the header first; empty lines are none.
 * @throws PipelineError `BadSchema` with the line, for a record of another width than the header's
 *   and for quotes out of place.
 */
export function readCsv(text: string, where: Where): CsvRecord[] {
  try {
    const records: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
    });
    return (records as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      values: record,
      line: info.lines,
    }));
  } catch (error) {
    const line =
      error instanceof CsvError && typeof error['lines'] === 'number' ? { line: error['lines'] } : {};
    throw new PipelineError('BadSchema', messageOf(error), { ...where, ...line }, error);
  }
}

function quoted({ values }: CsvRecord): string {
  return values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
}

/**
 * The CSV at `path` again in `folder`, in the one dialect that GDAL cannot misread, with the .prj
 * beside it; not the .csvt, which would make numbers of codes.
 * @throws PipelineError `BadSchema`, `BadEncoding`.
 */
export function rewriteCsv(
  path: string,
  declared: Encoding | undefined,
  folder: string,
  where: Where,
): { readonly path: string; readonly encoding: Encoding } {
  const bytes = readFileSync(path);
  if (bytes.includes(0)) throw new PipelineError('BadEncoding', 'holds bytes of no text (UTF-16?)', where);
  const encoding = detectEncoding([bytes], declared, where);
  const copy = join(folder, basename(path));
  writeFileSync(copy, readCsv(decodeText(bytes, encoding), where).map(quoted).join('\n').concat('\n'));
  const prj = siblingOf(path, '.prj');
  if (prj !== null) copyFileSync(prj, copy.replace(/\.csv$/i, '.prj'));
  return { path: copy, encoding };
}
