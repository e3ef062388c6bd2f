/**
 * Puts our library and its peers before a host that does what hosts and proxies have
 * been seen to do, and prints the table: `node --import tsx bench/hostile/run.ts`.
 * Ends with 1 when ours is ever wrong, unclear, endless or poisoned.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { wellBehaved } from '../../src/testing/server.ts';
import { filesOf, type Edition, type Files } from './data.ts';
import { LIBRARIES, type Library } from './libraries.ts';
import { ROWS, type Row } from './rows.ts';
import { perform, type Result } from './trial.ts';
import { cellOf, LEGEND, textOfCell, type Cell } from './verdict.ts';

const RESULTS = new URL('../results/', import.meta.url);
const README = new URL('../../README.md', import.meta.url);
const BLOCK = /(<!-- hostile:begin -->)[^]*(<!-- hostile:end -->)/;

const { values } = parseArgs({
  options: {
    /** Writes the table into README.md. */
    readme: { type: 'boolean', default: false },
    /** Only the rows whose names hold this. */
    only: { type: 'string', default: '' },
  },
});

const files: Record<Edition, Files> = {
  old: await filesOf('old'),
  new: await filesOf('new'),
  small: await filesOf('small'),
};

const unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));

async function goodRun(library: Library, edition: Edition) {
  const { during, exchanges } = await perform(library, { files: files[edition], fault: () => wellBehaved });
  if (during.kind !== 'answer') throw new Error(`${library.name} fails on a good host`, { cause: during });
  return { truth: during.answer, exchanges };
}

async function cell(library: Library, row: Row, truths: ReadonlyMap<Edition, string>): Promise<Cell> {
  const { exchanges } = await goodRun(library, row.edition);
  const trials = row.trials({ library, files, exchanges });
  const results: Result[] = [];
  // At once where each trial waits for its end, a few at a time where it works.
  const batch = row.name.includes('never ends') ? trials.length : 4;
  for (let i = 0; i < trials.length; i += batch) {
    results.push(...(await Promise.all(trials.slice(i, i + batch).map((trial) => perform(library, trial)))));
  }
  const right = row.truths.map((edition) => truths.get(edition) ?? '');
  return cellOf(results, row, right, trials[0]?.after !== undefined);
}

async function column(library: Library, rows: readonly Row[]): Promise<Cell[]> {
  const truths = new Map<Edition, string>();
  for (const edition of ['old', 'new', 'small'] as const) {
    truths.set(edition, (await goodRun(library, edition)).truth);
  }
  const cells: Cell[] = [];
  for (const row of rows) {
    process.stderr.write(`${library.name}: ${row.name}\n`);
    cells.push(await cell(library, row, truths));
  }
  return cells;
}

function versionOf(name: string): string {
  const path = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  if (name === 'carto-statique') return '';
  return ` ${(JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version}`;
}

const rows = ROWS.filter(({ name }) => name.includes(values.only));
const columns: { readonly library: string; readonly cells: readonly Cell[]; readonly unhandled: number }[] =
  [];
for (const library of LIBRARIES) {
  const before = unhandled.length;
  const cells = await column(library, rows);
  await new Promise((resolve) => setTimeout(resolve, 100));
  columns.push({
    library: library.name + versionOf(library.name),
    cells,
    unhandled: unhandled.length - before,
  });
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = [
  line(['the host', ...columns.map(({ library }) => library)]),
  line(['---', ...columns.map(() => '---')]),
  ...rows.map(({ name }, i) => line([name, ...columns.map(({ cells }) => textOfCell(cells[i] as Cell))])),
  line(['rejections that nobody handles', ...columns.map((each) => `${each.unhandled}`)]),
  '',
  `${LEGEND.join(' · ')}.`,
].join('\n');
process.stdout.write(`${table}\n`);

mkdirSync(RESULTS, { recursive: true });
const named = columns.map(({ library, cells, unhandled: count }) => ({
  library,
  unhandled: count,
  rows: Object.fromEntries(rows.map(({ name }, i) => [name, cells[i]])),
}));
if (values.only === '') {
  writeFileSync(
    new URL('hostile.json', RESULTS),
    `${JSON.stringify({ node: process.version, libraries: named }, null, 1)}\n`,
  );
}
if (values.readme) {
  const text = readFileSync(README, 'utf8');
  if (!BLOCK.test(text)) throw new Error('README.md has no block hostile:begin … hostile:end');
  const filled = text.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`);
  const options = await resolveConfig(README.pathname);
  writeFileSync(README, await format(filled, { ...options, parser: 'markdown' }));
}

const ours = columns[0];
const isGood = ours?.cells.every(({ verdict, isPoisoned }) => ['✔', 'E+'].includes(verdict) && !isPoisoned);
process.exitCode = isGood === true && ours?.unhandled === 0 ? 0 : 1;
