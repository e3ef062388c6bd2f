/**
 * The build: sources → spools → one FlatGeobuf file a layer and partition → tiles →
 * catalogue. Nothing is published before everything has been made and read back.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import gdal from 'gdal-async';
import { z } from 'zod';
import { CATALOGUE_FORMAT, type Catalogue, type Layer } from '../../src/format/catalogue.ts';
import { layers } from '../datasets/index.ts';
import { PipelineError } from '../errors.ts';
import { describeFile, publish, type Candidate } from '../publish/tree.ts';
import { readSourcesFile, type Sources } from '../sources/sources-file.ts';
import { tippecanoeVersion } from '../tiles/tippecanoe.ts';
import { lock } from './lock.ts';
import {
  isTable,
  normalisePlaces,
  normaliseTable,
  type PlacedSource,
  type TableSource,
} from './normalised.ts';
import { packPartition, spoolsByPartition, type PackedPartition } from './packed.ts';
import { StepStore } from './steps.ts';
import { buildReport, type BuildReport } from './summary.ts';
import { publishTable, type PublishedTable } from './tables.ts';
import { buildTiles } from './tiled.ts';

export interface BuildOptions {
  /** The sources file. */
  readonly sources: string;
  /** Where the tree is published. */
  readonly directory: string;
  /** Where steps are kept between builds. */
  readonly work: string;
  /** Which table of postal codes is served, whatever the sources file says. */
  readonly codesPostaux?: 'npm' | 'laposte';
  /** Told each step that really runs. */
  readonly onStep?: (name: string) => void;
}

export interface BuildResult {
  /** `false` when the tree was already this one. */
  readonly changed: boolean;
  readonly catalogue: Catalogue;
  readonly report: BuildReport;
}

async function packAll(sources: readonly PlacedSource[], steps: StepStore): Promise<PackedPartition[]> {
  const packed: PackedPartition[] = [];
  for (const layer of layers) {
    for (const [partition, inputs] of spoolsByPartition(layer, sources)) {
      const result = await packPartition(layer, partition, inputs, steps);
      if (result !== null) packed.push(result);
    }
  }
  return packed;
}

/**
 * Which table of postal codes answers: the one asked for, else API Carto's own where it is among the
 * sources. The others are built and reported, so that a switch holds no surprise.
 */
function servedTable(sources: Sources, options: BuildOptions): 'npm' | 'laposte' | null {
  const formats = sources.sources.filter(isTable).map(({ format }) => format);
  const wanted = options.codesPostaux ?? sources.codesPostaux;
  if (wanted === null || formats.length === 0)
    return formats.find((format) => format === 'npm') ?? formats[0] ?? null;
  if (formats.includes(wanted)) return wanted;
  const what = `options.codesPostaux: no ${wanted} table of postal codes among the sources`;
  throw new PipelineError('BadSourcesFile', what, { source: options.sources });
}

function candidateOf({ layer, partition, path, sha256 }: PackedPartition): Candidate {
  return { name: `data/${layer.name}/${partition}`, ending: 'fgb', path, sha256 };
}

function catalogueLayers(
  packed: readonly PackedPartition[],
  table: PublishedTable | null,
): Record<string, Layer> {
  const entries = layers.flatMap((spec): [string, Layer][] => {
    const own = packed
      .filter(({ layer }) => layer === spec)
      .sort((a, b) => (a.partition < b.partition ? -1 : 1));
    if (own.length === 0) return [];
    const { module, title, geometry, geometryName, fields } = spec;
    const partitions = own.map((item) => {
      const { partition: id, features, bbox, coverage, provenance } = item;
      return { id, features, bbox, coverage, provenance, file: describeFile(candidateOf(item)) };
    });
    return [[spec.name, { module, title, geometry, geometryName, fields, partitions }]];
  });
  return Object.fromEntries(table === null ? entries : [...entries, [table.name, table.layer]]);
}

function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

async function toolVersions(): Promise<Record<string, string>> {
  return { 'carto-statique': ownVersion(), gdal: gdal.version, tippecanoe: await tippecanoeVersion() };
}

async function buildLocked(sources: Sources, options: BuildOptions): Promise<BuildResult> {
  const steps = new StepStore(options.work, options.onStep ?? ((): void => undefined));
  const format = servedTable(sources, options);
  const tools = await toolVersions();
  const placed: PlacedSource[] = [];
  const tables: TableSource[] = [];
  for (const source of sources.sources) {
    if (isTable(source)) tables.push(await normaliseTable(source, steps));
    else placed.push(await normalisePlaces(source, steps));
  }
  const packed = await packAll(placed, steps);
  const served = tables.findLast(({ source }) => source.format === format) ?? null;
  const table = served === null ? null : await publishTable(served, steps);
  const tiles = await buildTiles(packed, tools['tippecanoe'] ?? '', steps);
  const catalogue: Catalogue = {
    format: CATALOGUE_FORMAT,
    territory: sources.territory,
    layers: catalogueLayers(packed, table),
    tiles: tiles.archives,
    tools,
  };
  const report = buildReport([...placed, ...tables], packed, served);
  const candidates = [...packed.map(candidateOf), ...(table?.candidates ?? []), ...tiles.candidates];
  const changed = await publish(options.directory, { candidates, catalogue, report });
  steps.prune();
  return { changed, catalogue, report };
}

/**
 * Builds the territory of a sources file into `options.directory`.
 * @throws PipelineError; the published tree is then the one of before.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const sources = readSourcesFile(options.sources);
  const release = lock(options.work);
  try {
    return await buildLocked(sources, options);
  } finally {
    release();
  }
}

/** Where steps are kept when nothing else is said. */
export const DEFAULT_WORK = join('data', 'work');
