/**
 * The build: sources → spools → one FlatGeobuf file a layer and partition → one index a
 * layer → tiles → manifest and catalogue. Nothing is published before everything has been
 * made and read back.
 */
import { join } from 'node:path';
import { layers } from '../datasets/index.ts';
import { readSourcesFile, type Sources } from '../sources/sources-file.ts';
import { assertEachOnce } from './agreeing.ts';
import { indexLayer, type IndexedLayer } from './indexed.ts';
import { lock } from './lock.ts';
import { normaliseAll, type PlacedSource } from './normalised.ts';
import { packPartition, spoolsByPartition, type PackedPartition } from './packed.ts';
import type { Change } from './fewer-features.ts';
import { assertAccepted, type Accepted } from './loss.ts';
import { missingLayers } from './missing-layers.ts';
import { compareWithPrevious, readPrevious } from './previous.ts';
import { publishAll, type Published, type SiteMaker } from './published.ts';
import { StepStore } from './steps.ts';
import { buildReport, type BuildReport } from './summary.ts';
import { publishTable, servedFormat } from './tables.ts';
import { buildTiles } from './tiled.ts';
import { toolVersions } from './tools.ts';
import { heldIn } from './vintage.ts';

/** The path of a sources file, what such a file would say, or what fetches it once the work folder is ours. */
export type SourcesGiven = string | Sources | (() => Promise<Sources>);

export interface BuildOptions {
  readonly sources: SourcesGiven;
  /** Where the tree is published. */
  readonly directory: string;
  /** Where steps are kept between builds. */
  readonly work: string;
  /** Which table of postal codes is served, whatever the sources file says. */
  readonly codesPostaux?: 'npm' | 'laposte';
  /** What may be lost since the tree that is published: the features of a layer, the values of `layer:field`, or `all`. */
  readonly acceptDrops?: Accepted;
  /** The folder of known errors and their corrections; else the project's own. */
  readonly corrections?: string;
  /** Makes what browsers are given beside the data; nothing without it. */
  readonly site?: SiteMaker;
  /** Told each step that really runs. */
  readonly onStep?: (name: string) => void;
}

export interface BuildResult extends Published {
  readonly report: BuildReport;
  /** How many features each layer and partition has gained or lost since the tree that was published. */
  readonly changes: readonly Change[];
  /** Why that tree cannot be read, so that nothing was compared with it. */
  readonly uncompared: string | null;
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

async function indexAll(packed: readonly PackedPartition[], steps: StepStore): Promise<IndexedLayer[]> {
  const indexed: IndexedLayer[] = [];
  for (const layer of layers) {
    const own = packed.filter((partition) => partition.layer === layer);
    if (own.length > 0) indexed.push(await indexLayer(layer, own, steps));
  }
  return indexed;
}

async function buildLocked(sources: Sources, options: BuildOptions): Promise<BuildResult> {
  const steps = new StepStore(options.work, options.onStep ?? ((): void => undefined));
  const format = servedFormat(sources, options);
  const tools = await toolVersions();
  const normalised = await normaliseAll(sources, steps, options.corrections);
  const { placed, tables } = normalised;
  placed.forEach(assertEachOnce);
  assertAccepted(missingLayers(sources, placed), options.acceptDrops ?? []);
  const packed = await packAll(placed, steps);
  const served = tables.findLast(({ source }) => source.format === format) ?? null;
  const { territory } = sources;
  const { manifest: before, fault } = await readPrevious(options.directory);
  const held = heldIn(packed, served);
  const changes = compareWithPrevious(before, { sources, held, accepted: options.acceptDrops ?? [] });
  const indexed = await indexAll(packed, steps);
  const table = served === null ? null : await publishTable(served, steps);
  const tiles = await buildTiles(packed, tools['tippecanoe'] ?? '', steps);
  const report = buildReport(normalised, packed, served);
  const made = { territory, layers: indexed, table, tiles, tools };
  const published = await publishAll(made, report, options.directory, steps, options.site ?? null);
  steps.prune();
  return { ...published, report, changes, uncompared: fault };
}

/**
 * Builds the territory of its sources into `options.directory`.
 * @throws PipelineError; the published tree is then the one of before.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const given = typeof options.sources === 'string' ? readSourcesFile(options.sources) : options.sources;
  const release = lock(options.work);
  try {
    return await buildLocked(typeof given === 'function' ? await given() : given, options);
  } finally {
    release();
  }
}

/** Where steps are kept when nothing else is said. */
export const DEFAULT_WORK = join('data', 'work');
