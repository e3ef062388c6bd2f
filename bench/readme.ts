/** The table of a run, in README.md between two comments: a row for each reader and question. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Scenario } from './measure.ts';
import { kilobytes, type Row } from './summary.ts';

const README = new URL('../README.md', import.meta.url);
const [BEGIN, END] = ['<!-- bench:begin -->', '<!-- bench:end -->'];
const SHOWN: readonly Scenario[] = ['cold', 'warm', 'same region', 'nearby'];

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Requests in the median, at p95 and at most; bytes in the mean and at p95. Times are the machine's. */
function cell(row: Row | undefined): string {
  if (row === undefined) return '';
  const { requests, bytes } = row;
  const asked = `${requests.p50} (${requests.p95}, ${requests.max})`;
  return `${asked}: ${kilobytes(bytes.mean)} (${kilobytes(bytes.p95)})`;
}

const OURS = 'carto-statique';

/** Small data first, then by question; ours before the others, which stand in the order of their runs. */
function inOrder(a: Row, b: Row): number {
  const [one, other] = [a, b].map(({ data }) => Number(data) || Infinity);
  if (one !== other) return Number(one) - Number(other);
  if (a.kind !== b.kind) return b.kind.localeCompare(a.kind);
  return Number(b.reader.startsWith(OURS)) - Number(a.reader.startsWith(OURS));
}

function rowsBy(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.data} ${row.kind} ${row.reader}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function lineOf(group: readonly Row[]): string {
  const sum = (pick: (row: Row) => number): number => group.reduce((total, row) => total + pick(row), 0);
  const wrong = sum(({ queries }) => queries) - sum(({ right }) => right);
  const cells = SHOWN.map((scenario) => cell(group.find((row) => row.scenario === scenario)));
  const names = group.slice(0, 1).flatMap(({ data, kind, reader }) => [data, kind, reader]);
  return line([...names, ...cells, String(wrong)]);
}

/** Points and ids, which every reader is judged by. */
export function markdownTable(rows: readonly Row[]): string {
  const shown = rows.filter(({ kind }) => kind === 'point' || kind === 'id').sort(inOrder);
  const head = ['data', 'by', 'reader', ...SHOWN, 'wrong'];
  return [line(head), line(head.map(() => '---')), ...rowsBy(shown).map(lineOf)].join('\n');
}

/** @throws when README.md has no place for it. */
export async function writeReadme(rows: readonly Row[]): Promise<void> {
  const text = readFileSync(README, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  const table = `${BEGIN}\n\n${markdownTable(rows)}\n\n`;
  const path = fileURLToPath(README);
  const options = { ...(await resolveConfig(path)), parser: 'markdown' };
  writeFileSync(path, await format(text.slice(0, begin) + table + text.slice(end), options));
}
