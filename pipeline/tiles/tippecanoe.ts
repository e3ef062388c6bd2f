/**
 * Vector tiles by tippecanoe. Its status and a reading of its result both decide: it
 * leaves a plausible file at the final path when it fails.
 */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ModuleName } from '../../src/format/catalogue.ts';
import { PipelineError } from '../errors.ts';
import { runTool } from '../tool.ts';
import { readArchive } from './archive.ts';

const TOOL = 'tippecanoe';

/**
 * From where a layer can be seen to where one parcel fills a hand's width; maps magnify
 * the last zoom. Finer ones cost disk and show nothing more: tiles are for looking,
 * answers come from the FlatGeobuf files.
 */
export const ZOOMS: Readonly<
  Record<Exclude<ModuleName, 'codes-postaux'>, readonly [min: number, max: number]>
> = {
  aoc: [5, 13],
  cadastre: [10, 15],
  gpu: [6, 14],
};

export interface TileInput {
  /** Inside the tiles: `zone-urba`. */
  readonly layer: string;
  /** Its FlatGeobuf files. */
  readonly files: readonly string[];
}

/** Whom a map of the tiles is owed to, as text. */
export type Attribution = readonly string[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** As an archive says it: in HTML, which maps show in their corner. */
function htmlOf(attribution: Attribution): string {
  return attribution.join(' ; ').replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
}

/** What a viewer shows of an archive. */
function described(module: string, attribution: Attribution): string[] {
  const purpose = 'À regarder : les réponses exactes viennent des fichiers FlatGeobuf';
  return [`--name=API Carto : ${module}`, `--description=${purpose}`, `--attribution=${htmlOf(attribution)}`];
}

export interface TileResult {
  readonly file: string;
  readonly layers: readonly string[];
  readonly minZoom: number;
  readonly maxZoom: number;
}

export async function tippecanoeVersion(): Promise<string> {
  const { stdout, stderr } = await runTool(TOOL, ['--version']);
  // It says its version on standard error, where a shell may have spoken before it.
  const version = /^tippecanoe v?(\S+)/m.exec(stdout + stderr)?.[1];
  if (version === undefined)
    throw new PipelineError('ToolFailed', `${TOOL} tells no version: ${stderr.trim()}`);
  return version;
}

function linkInputs(inputs: readonly TileInput[], folder: string): string[] {
  return inputs.flatMap(({ layer, files }) =>
    files.map((file, i) => {
      const name = `${layer}.${i}.fgb`;
      symlinkSync(resolve(file), join(folder, name));
      return `--named-layer=${layer}:${name}`;
    }),
  );
}

/**
 * Writes the tiles of one module into `folder` and reads them back. All names on the command line
 * are relative to it: tippecanoe writes that line into the archive, which must not tell where it
 * was built.
 * @throws PipelineError `ToolFailed` when tippecanoe fails or its archive lacks a layer.
 */
export async function makeTiles(
  module: keyof typeof ZOOMS,
  inputs: readonly TileInput[],
  folder: string,
  attribution: Attribution,
): Promise<TileResult> {
  const [minZoom, maxZoom] = ZOOMS[module];
  const file = `${module}.pmtiles`;
  const scratch = 'tmp';
  mkdirSync(join(folder, scratch));
  const named = linkInputs(inputs, folder);
  const zooms = [`--minimum-zoom=${minZoom}`, `--maximum-zoom=${maxZoom}`];
  const limits = ['--drop-densest-as-needed', '--no-tile-stats'];
  const where = { layer: `tiles of ${module}` };
  const output = ['--quiet', '--force', `--output=${file}`, '-t', scratch];
  await runTool(TOOL, [...output, ...described(module, attribution), ...zooms, ...limits, ...named], {
    cwd: folder,
    where,
  });
  rmSync(join(folder, scratch), { recursive: true });
  const layers = inputs.map(({ layer }) => layer);
  const found = await readArchive(join(folder, file), where);
  const missing = layers.filter((layer) => !found.layers.includes(layer));
  if (missing.length > 0)
    throw new PipelineError('ToolFailed', `no layer ${missing.join(', ')} in the tiles`, where);
  return { file, layers, minZoom: found.minZoom, maxZoom: found.maxZoom };
}
