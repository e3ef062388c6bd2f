/**
 * What must be known of a MapInfo table before GDAL opens it. GDAL believes the charset
 * that the .TAB names, and where it names none ("Neutral") takes any bytes for UTF-8;
 * a table whose charset and texts contradict each other is refused.
 */
import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PipelineError, type Where } from '../errors.ts';
import { filesOfOneName, siblingOf } from '../sources/workspace.ts';
import { readDbase } from './dbase.ts';
import { detectEncoding, type Encoding } from './encoding.ts';

interface Definition {
  readonly charset: string;
  /** The type of each column, in lower case. */
  readonly types: readonly string[];
}

/** Reads the text of a .TAB: `Fields 2`, then a line `name Type (width) ;` for each. */
function readDefinition(tab: string): Definition {
  const charset = /!charset\s+"?(\w+)/i.exec(tab)?.[1] ?? 'Neutral';
  const lines = tab.split(/\r?\n/);
  const at = lines.findIndex((line) => /^\s*Fields\s+\d+/i.test(line));
  const count = Number(/\d+/.exec(lines[at] ?? '')?.[0] ?? 0);
  const types = lines.slice(at + 1, at + 1 + count).map((line) => /^\s*\S+\s+(\w+)/.exec(line)?.[1] ?? '');
  return { charset, types: types.map((type) => type.toLowerCase()) };
}

/** The table again in `folder`, under a .TAB that names `charset`. */
function withCharset(path: string, charset: string, folder: string): string {
  const copy = join(folder, basename(path));
  for (const file of filesOfOneName(path)) {
    if (file !== path) symlinkSync(file, join(folder, basename(file)));
  }
  const tab = readFileSync(path, 'latin1').replaceAll(/(charset\s+"?)neutral/gi, `$1${charset}`);
  writeFileSync(copy, tab, 'latin1');
  return copy;
}

/** The .id points to the place of each row in the .map, by four bytes. */
function assertIndexed(path: string, rows: number, where: Where): void {
  const index = siblingOf(path, '.id');
  if (index === null) throw new PipelineError('BadSchema', 'the .id is missing', where);
  const places = Math.floor(statSync(index).size / 4);
  if (places >= rows) return;
  throw new PipelineError('BadSchema', `${places} places in the .id, ${rows} rows in the .dat`, where);
}

export interface MapInfoTable {
  /** What GDAL is to open. */
  readonly path: string;
  readonly encoding: Encoding;
  /** Those that are not marked as deleted: of a .map that was cut GDAL reads fewer. */
  readonly rows: number;
}

/**
 * Checks the table at `path`; `folder` is empty and may be written to.
 * @throws PipelineError `BadSchema` when its .dat or .id is missing or cut short, `BadEncoding`.
 */
export function prepareMapInfo(
  path: string,
  declared: Encoding | undefined,
  folder: string,
  where: Where,
): MapInfoTable {
  const table = siblingOf(path, '.dat');
  if (table === null) throw new PipelineError('BadSchema', 'the .dat is missing', where);
  const { charset, types } = readDefinition(readFileSync(path, 'latin1'));
  // Numbers and dates are binary there, in columns that dBASE would call characters.
  const { texts, rows, deleted } = readDbase(table, where, (column) => types[column] === 'char');
  assertIndexed(path, rows, where);
  const encoding = detectEncoding(texts, declared, where);
  const found = { encoding, rows: rows - deleted };
  if (texts.length === 0) return { path, ...found };
  if (encoding === 'utf-8' && /latin1/i.test(charset)) {
    throw new PipelineError('BadEncoding', `the .TAB says ${charset}, its texts are UTF-8`, where);
  }
  const unnamed = /neutral/i.test(charset) && encoding !== 'utf-8';
  const name = encoding === 'ibm850' ? 'CodePage850' : 'WindowsLatin1';
  return { path: unnamed ? withCharset(path, name, folder) : path, ...found };
}
