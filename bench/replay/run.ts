/**
 * `node --import tsx bench/replay/run.ts`: replays callers of API Carto on the tree in
 * `dist/`, or in `--dir`. Ends with 1 when a visit costs more requests than is promised;
 * with `--readme` it writes the table into README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { say } from '../data/built.ts';
import { measureReplays } from './replay.ts';
import { brokenPromises, markdownTable } from './table.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const BLOCK = /(<!-- replay:begin -->)[^]*?(<!-- replay:end -->)/;

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: 'dist' },
    /** Of each kind. */
    visits: { type: 'string', default: '50' },
    seed: { type: 'string', default: '4' },
    readme: { type: 'boolean', default: false },
  },
});

const costs = await measureReplays(values.dir, Number(values.visits), Number(values.seed));
const table = markdownTable(costs);
process.stdout.write(`${table}\n`);

if (values.readme) {
  const text = readFileSync(README, 'utf8');
  if (!BLOCK.test(text)) throw new Error('README.md has no block replay:begin … replay:end');
  const filled = text.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`);
  const options = await resolveConfig(README);
  writeFileSync(README, await format(filled, { ...options, parser: 'markdown' }));
}

const broken = brokenPromises(costs);
for (const promise of broken) say(`broken: ${promise}`);
process.exitCode = broken.length > 0 ? 1 : 0;
