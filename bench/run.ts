/**
 * `make bench`: builds seeded data once, then asks ours and the peers the same questions,
 * of the same counting host, in one run. Ends with 1 when ours breaks a promise, whatever
 * the peers do. Times are told and never judged.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { say } from './data/built.ts';
import { measureBig, measureCadastre } from './datasets.ts';
import { brokenPromises } from './gate.ts';
import { writeReadme } from './readme.ts';
import { cellsOf, COLUMNS, type Row } from './summary.ts';

const RESULTS = new URL('results/', import.meta.url);

const { values } = parseArgs({
  options: {
    /** Parcels, separated by commas; `big` for features of a megabyte and more. */
    sizes: { type: 'string', default: '1e4,1e6,big' },
    /** Adds 10^7 parcels: half an hour and 20 GB of disk the first time. */
    large: { type: 'boolean', default: false },
    /** Only these, separated by commas: ours, flatgeobuf, pmtiles, hyparquet. */
    readers: { type: 'string' },
    /** Ours in Chromium too. */
    browser: { type: 'boolean', default: false },
    /** Of each kind. */
    queries: { type: 'string', default: '200' },
    /** How many sessions ask at a time: more is faster, and makes times longer. */
    parallel: { type: 'string', default: '1' },
    /** Of the file in bench/results. */
    name: { type: 'string', default: 'bench' },
    /** Writes the table into README.md: of this run, or with `--from` of saved ones. */
    readme: { type: 'boolean', default: false },
    /** Names of files in bench/results, separated by commas: told and judged again, nothing measured. */
    from: { type: 'string' },
  },
});

function print(rows: readonly Row[]): void {
  const table = [COLUMNS, ...rows.map(cellsOf)];
  const widths = COLUMNS.map((_, i) => Math.max(...table.map((cells) => (cells[i] ?? '').length)));
  for (const cells of table) {
    process.stdout.write(`${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}\n`);
  }
}

const sizes = [...values.sizes.split(','), ...(values.large ? ['1e7'] : [])];
const options = {
  readers: values.readers?.split(',') ?? null,
  browser: values.browser,
  queries: Number(values.queries),
  parallel: Number(values.parallel),
};
const machine = {
  node: process.version,
  cpus: cpus().length,
  model: cpus()[0]?.model ?? '',
  roundTripMs: 20,
};

function save(rows: readonly Row[]): void {
  mkdirSync(RESULTS, { recursive: true });
  const run = { machine, parallel: options.parallel, rows };
  writeFileSync(new URL(`${values.name}.json`, RESULTS), `${JSON.stringify(run, null, 1)}\n`);
}

async function measureAll(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of new Set(sizes)) {
    rows.push(...(size === 'big' ? await measureBig(options) : await measureCadastre(Number(size), options)));
    save(rows);
  }
  return rows;
}

function saved(name: string): Row[] {
  const text = readFileSync(new URL(`${name}.json`, RESULTS), 'utf8');
  return (JSON.parse(text) as { readonly rows: Row[] }).rows;
}

const rows = values.from === undefined ? await measureAll() : values.from.split(',').flatMap(saved);
print(rows);
if (values.readme) await writeReadme(rows);

const broken = brokenPromises(rows);
for (const promise of broken) say(`broken: ${promise}`);
process.exitCode = broken.length > 0 ? 1 : 0;
