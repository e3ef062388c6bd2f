/** The table of a run, in README.md between two comments. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cellsOf, COLUMNS, type Row } from './summary.ts';

const README = new URL('../README.md', import.meta.url);
const [BEGIN, END] = ['<!-- bench:begin -->', '<!-- bench:end -->'];

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A row a lookup: points and ids, which every reader is judged by. */
export function markdownTable(rows: readonly Row[]): string {
  const shown = rows.filter(({ kind }) => kind === 'point' || kind === 'id');
  return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...shown.map((row) => line(cellsOf(row)))].join(
    '\n',
  );
}

/** @throws when README.md has no place for it. */
export function writeReadme(rows: readonly Row[]): void {
  const text = readFileSync(README, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  const table = `${BEGIN}\n\n${markdownTable(rows)}\n\n`;
  writeFileSync(README, text.slice(0, begin) + table + text.slice(end));
}
