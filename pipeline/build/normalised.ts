/** The first steps of a build: every source normalised, each on its own. */
import { dirname } from 'node:path';
import gdal from 'gdal-async';
import {
  CODES_POSTAUX_LAYER,
  codesPostauxFields,
  readCodesPostaux,
  type CodesPostauxTable,
} from '../datasets/codes-postaux.ts';
import { findFormat, findLayer } from '../datasets/index.ts';
import { npmTablePath, npmTableVersion, type CommuneOfCodePostal } from '../datasets/npm-codes-postaux.ts';
import { CORRECTIONS, readCorrections, type Correction } from '../normalise/corrections.ts';
import { normaliseSource, UNKNOWN_VINTAGE, type NormalisedSource } from '../normalise/source.ts';
import type { SourceReport } from '../normalise/report.ts';
import { valuesOf } from '../normalise/value-tally.ts';
import type { Source, Sources } from '../sources/sources-file.ts';
import { sourceFiles } from '../sources/workspace.ts';
import { sha256OfFiles } from './fingerprint.ts';
import type { StepResult, StepStore } from './steps.ts';

/** A source of places, in spools. */
export interface PlacedSource {
  readonly source: Source;
  readonly step: StepResult<NormalisedSource>;
}

/** A table of postal codes. */
export interface TableSource {
  readonly source: Source & { readonly dataset: 'codes-postaux' };
  readonly step: StepResult<{ readonly report: SourceReport; readonly rows: readonly CommuneOfCodePostal[] }>;
}

function describe(source: Source): string {
  return `normalise ${source.format} ${source.path ?? ''}`.trim();
}

/** The entry without where it lies on this machine: moving a folder rebuilds nothing. */
function entryOf(source: Source): unknown {
  return Object.fromEntries(Object.entries(source).filter(([key]) => key !== 'location'));
}

async function contentOf(path: string, name: string): Promise<string> {
  return sha256OfFiles(dirname(path), sourceFiles(path, name));
}

/** Those that can change a row of the source. */
function correctionsFor(source: Source, all: readonly Correction[]): Correction[] {
  const fed = new Set(findFormat(source)?.rules.map(({ layer }) => layer));
  return all.filter(({ layer }) => fed.has(layer));
}

async function normalisePlaces(
  source: Source,
  steps: StepStore,
  all: readonly Correction[],
): Promise<PlacedSource> {
  const content = await contentOf(source.location ?? '', source.path ?? '');
  const corrections = correctionsFor(source, all);
  const step = await steps.run({
    name: describe(source),
    inputs: { entry: entryOf(source), content, corrections, gdal: gdal.version },
    run: (folder) => normaliseSource(source, { folder, corrections }),
  });
  return { source, step };
}

export function isTable(source: Source): source is TableSource['source'] {
  return source.dataset === 'codes-postaux';
}

/** A table is one member, and its own path. */
function reportOf(source: TableSource['source'], name: string, table: CodesPostauxTable): SourceReport {
  const { dataset, format, location } = source;
  const { rows, encoding, drift, in: read, rejects, repairs, garbled } = table;
  const own = location === null ? npmTableVersion() : UNKNOWN_VINTAGE;
  const member = {
    member: name,
    layer: CODES_POSTAUX_LAYER,
    partition: 'france',
    crs: null,
    drift,
    encoding,
    in: read,
    out: rows.length,
    values: valuesOf(rows, codesPostauxFields),
    rejects,
    repairs,
    corrections: {},
    garbled,
  };
  return {
    dataset,
    format,
    path: name,
    vintage: source.vintage ?? own,
    members: [member],
    consulted: [],
    unused: [],
  };
}

async function normaliseTable(source: TableSource['source'], steps: StepStore): Promise<TableSource> {
  const path = source.location ?? npmTablePath();
  const name = source.path ?? 'codes-postaux';
  const step = await steps.run({
    name: describe(source),
    inputs: { entry: entryOf(source), content: await contentOf(path, name) },
    run: () => {
      const { format, encoding, sentinel } = source;
      const where = { source: name, layer: CODES_POSTAUX_LAYER };
      const table = readCodesPostaux(format, { path, encoding, sentinel, where });
      return { rows: table.rows, report: reportOf(source, name, table) };
    },
  });
  return { source, step };
}

export interface Normalised {
  readonly placed: readonly PlacedSource[];
  readonly tables: readonly TableSource[];
  /** All there are, applied or not. */
  readonly corrections: readonly Correction[];
}

/** Normalises every source, in the order of the sources file; `folder`: of corrections, else the project's. */
export async function normaliseAll(
  { sources }: Sources,
  steps: StepStore,
  folder: string = CORRECTIONS,
): Promise<Normalised> {
  const corrections = readCorrections(folder, (name) => findLayer(name) !== null);
  const [placed, tables]: [PlacedSource[], TableSource[]] = [[], []];
  for (const source of sources) {
    if (isTable(source)) tables.push(await normaliseTable(source, steps));
    else placed.push(await normalisePlaces(source, steps, corrections));
  }
  return { placed, tables, corrections };
}
