/**
 * Times `intersects` against jsts and turf and counts everyone's wrong answers against the
 * exact truth. Prints a table and writes bench/results/predicates.json. Fails when one of
 * ours is wrong, or ours are not `RATIO` times as fast as jsts on two parcels.
 *
 *     node --import tsx bench/predicates/run.ts [pairs]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { seededRandom } from '../../src/testing/random.ts';
import { OURS, peers, type Contestant } from './contestants.ts';
import { familiesOf, type Family } from './pairs.ts';
import { truth } from './truth.ts';

const SEED = 20260805;

/** Ours per jsts: what the project asks of itself. */
const RATIO = 20;

/** Milliseconds that a contestant is timed for, and how often; the median counts. */
const LEAST_MS = 100;
const ROUNDS = 5;

const pairCount = Number(process.argv[2] ?? 20_000);

export interface Result {
  readonly family: string;
  readonly contestant: string;
  readonly pairs: number;
  readonly meeting: number;
  readonly wrong: number;
  /** Pairs a second of processor time, all pairs in turn: what they are made of is not in its cache. */
  readonly rate: number;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

type Made = readonly (readonly [unknown, unknown])[];

/** Milliseconds of processor: what else the machine does counts little. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Pairs a second over the pairs in turn, for `LEAST_MS` at least. */
function rateOf({ intersects }: Contestant, made: Made): number {
  const start = spent();
  let [asked, met, passed] = [0, 0, 0];
  do {
    for (let n = 0; n < Math.min(made.length, 200); n++) {
      const pair = made[asked++ % made.length];
      if (pair !== undefined && intersects(pair[0], pair[1])) met++;
    }
    passed = spent() - start;
  } while (passed < LEAST_MS);
  if (met > asked) throw new Error('more answers than questions');
  return (asked / passed) * 1000;
}

/** One object a drawing, so that a query that comes again is the same one. */
function makeAll(contestant: Contestant, { pairs }: Family): Made {
  const made = new Map<unknown, unknown>();
  const make = (drawing: Family['pairs'][number][0]): unknown => {
    if (!made.has(drawing)) made.set(drawing, contestant.make(drawing));
    return made.get(drawing);
  };
  return pairs.map(([a, b]) => [make(a), make(b)]);
}

/** All contestants in turn, round after round, so that a slow moment of the machine is everyone's. */
function measure(family: Family, truths: readonly boolean[]): Result[] {
  const entries = [...OURS, ...peers(family.arePoints)].map((contestant) => ({
    contestant,
    made: makeAll(contestant, family),
    rates: [] as number[],
  }));
  const wrongs = entries.map(
    ({ contestant, made }) => made.filter(([a, b], i) => contestant.intersects(a, b) !== truths[i]).length,
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const { contestant, made, rates } of entries) rates.push(rateOf(contestant, made));
  }
  return entries.map(({ contestant, made, rates }, i) => ({
    family: family.name,
    contestant: contestant.name,
    pairs: made.length,
    meeting: truths.filter(Boolean).length,
    wrong: wrongs[i] ?? NaN,
    rate: Math.round(median(rates)),
  }));
}

function printed({ contestant, wrong, pairs, rate }: Result, base: number): string {
  const numbers = [rate.toLocaleString('en'), (rate / base).toFixed(1), `${wrong} of ${pairs}`];
  return `  ${contestant.padEnd(32)}${numbers.map((text) => text.padStart(16)).join('')}`;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function run(): Result[] {
  return familiesOf(seededRandom(SEED), pairCount).flatMap((family) => {
    const truths = family.pairs.map(([a, b]) => truth(a, b));
    const results = measure(family, truths);
    const base = results.find(({ contestant }) => contestant === 'jsts')?.rate ?? NaN;
    const meeting = truths.filter(Boolean).length;
    print(`${family.name}: ${family.pairs.length} pairs, ${meeting} meet`);
    print(
      `  ${''.padEnd(32)}${['pairs a second', 'times jsts', 'wrong'].map((t) => t.padStart(16)).join('')}`,
    );
    for (const result of results) print(printed(result, base));
    return results;
  });
}

const results = run();
const rateIn = (contestant: string): number =>
  results.find((result) => result.family === 'two parcels' && result.contestant === contestant)?.rate ?? NaN;
const ratio = rateIn('ours') / Math.max(rateIn('jsts'), rateIn('jsts, degrees'));
const wrong = results.reduce(
  (sum, result) => sum + (result.contestant.startsWith('ours') ? result.wrong : 0),
  0,
);
mkdirSync(new URL('../results/', import.meta.url), { recursive: true });
writeFileSync(
  new URL('../results/predicates.json', import.meta.url),
  `${JSON.stringify({ seed: SEED, node: process.version, ratio, results }, null, 1)}\n`,
);
print(`ours, not prepared: ${ratio.toFixed(1)} times jsts on two parcels (asked: ${RATIO}); wrong: ${wrong}`);
if (!(ratio >= RATIO) || wrong > 0) process.exitCode = 1;
