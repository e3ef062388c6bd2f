/**
 * The example territory, "Terre d'exemple": a small imaginary corner of country in the
 * producers' own formats, containers, encodings and coordinate systems, with the known
 * defects of their files. Same seed, same bytes; written aside and renamed as a whole.
 */
import gdal from 'gdal-async';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PipelineError } from '../errors.ts';
import { writeBdParcellaire } from './bd-parcellaire.ts';
import { writeCarteCommunaleDeposit } from './cnig-carte-communale.ts';
import { writeCsvDeposit } from './cnig-csv.ts';
import { writeGmlDeposit } from './cnig-gml.ts';
import { writePluDeposit } from './cnig-plu.ts';
import { writeServitudeDeposit } from './cnig-servitudes.ts';
import { writeEtalab } from './etalab.ts';
import { writeExtraction } from './extraction.ts';
import { writeInao } from './inao.ts';
import { writePostalCodes } from './laposte.ts';
import { writeLoad } from './load.ts';
import { writeParcellaireExpress } from './parcellaire-express.ts';
import { Tally, type Expected } from './tally.ts';
import { Plans } from './territory.ts';
import { EDITION, STAGING, Workshop, type SourceEntry } from './workshop.ts';

export type { Expected, ExpectedLayer, PlacedDefect } from './tally.ts';

export interface ExampleOptions {
  /** How many times the parcelles of the territory itself; at least 1, which is the default. */
  readonly scale?: number;
  /** Another seed draws another land with the same communes; 1 is the default. */
  readonly seed?: number;
}

export interface Example {
  /** Path of the sources file. */
  readonly sources: string;
  /** What a build must find: rows, rejects and repeats by layer; also in `expected.json`. */
  readonly expected: Expected;
}

const TERRITORY = "Terre d'exemple";

/** Drivers that date what they write, dated; restored afterwards. */
const GDAL_OPTIONS = { OGR_CURRENT_DATE: `${EDITION}T00:00:00.000Z`, OGR_SQLITE_SYNCHRONOUS: 'OFF' };

async function withGdalOptions<T>(work: () => Promise<T>): Promise<T> {
  const names = Object.keys(GDAL_OPTIONS);
  const before = names.map((name) => gdal.config.get(name));
  for (const [name, value] of Object.entries(GDAL_OPTIONS)) gdal.config.set(name, value);
  try {
    return await work();
  } finally {
    names.forEach((name, i) => {
      gdal.config.set(name, before[i] ?? null);
    });
  }
}

async function writeSources(workshop: Workshop, scale: number): Promise<SourceEntry[]> {
  return [
    ...(await writeInao(workshop)),
    ...writePostalCodes(workshop),
    ...(await writeParcellaireExpress(workshop)),
    ...writeEtalab(workshop),
    ...(await writeBdParcellaire(workshop)),
    ...writeLoad(workshop, scale),
    ...writeExtraction(workshop),
    await writePluDeposit(workshop),
    writeCarteCommunaleDeposit(workshop),
    writeGmlDeposit(workshop),
    writeServitudeDeposit(workshop),
    writeCsvDeposit(workshop),
  ];
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Puts `finished` where `directory` is to be; an example that stands there is replaced, nothing else is. */
function publish(finished: string, directory: string): void {
  if (existsSync(directory)) rmSync(directory, { recursive: true });
  // A temporary folder is its maker's alone; an example is for all.
  chmodSync(finished, 0o755);
  renameSync(finished, directory);
}

function refuseForeignFolder(directory: string): void {
  if (!existsSync(directory) || readdirSync(directory).length === 0) return;
  if (existsSync(join(directory, 'expected.json')) && existsSync(join(directory, 'sources.json'))) return;
  throw new PipelineError('ToolFailed', 'expected no folder, an empty one or an earlier example', {
    source: directory,
  });
}

/**
 * Writes the example territory as `directory`: the producers' files, `sources.json`
 * that names them, and `expected.json` that counts them.
 * @throws PipelineError `ToolFailed` when `directory` holds something else, or a tool fails.
 * @throws RangeError when `scale` is below 1.
 */
export async function writeExample(directory: string, options: ExampleOptions = {}): Promise<Example> {
  const { scale = 1, seed = 1 } = options;
  if (!(scale >= 1)) throw new RangeError(`scale: expected a number from 1 up, found ${scale}`);
  const target = resolve(directory);
  refuseForeignFolder(target);
  mkdirSync(dirname(target), { recursive: true });
  const aside = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const workshop = new Workshop(aside, new Plans(seed), new Tally());
    const sources = await withGdalOptions(() => writeSources(workshop, scale));
    rmSync(join(aside, STAGING), { recursive: true });
    const expected = workshop.tally.summary();
    writeJson(join(aside, 'expected.json'), expected);
    writeJson(join(aside, 'sources.json'), {
      territory: TERRITORY,
      options: { codesPostaux: 'npm' },
      sources,
    });
    publish(aside, target);
    return { sources: join(target, 'sources.json'), expected };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
