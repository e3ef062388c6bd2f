/** The second steps of a build: one FlatGeobuf file for each layer and partition. */
import { join } from 'node:path';
import gdal from 'gdal-async';
import type { Box } from '../../src/geometry/lattice.ts';
import type { Provenance } from '../../src/format/catalogue.ts';
import type { ValueCounts } from '../../src/format/manifest.ts';
import { findFormat } from '../datasets/index.ts';
import type { LayerSpec } from '../datasets/dataset.ts';
import { PipelineError } from '../errors.ts';
import type { Finding } from '../normalise/report.ts';
import { together } from '../normalise/value-tally.ts';
import { pack } from '../pack/pack.ts';
import { assertFewRepeats, assertOneFormat, assertUnmixed, editionOf, pathIn } from './agreeing.ts';
import { sha256OfFile } from './fingerprint.ts';
import type { PlacedSource } from './normalised.ts';
import type { StepStore } from './steps.ts';

/** One published file of features. */
export interface PackedPartition {
  readonly layer: LayerSpec;
  readonly partition: string;
  readonly features: number;
  readonly values: ValueCounts;
  readonly bbox: Box | null;
  /** Degrees; empty without places. */
  readonly coverage: readonly Box[];
  /** Identical features of which one was kept. */
  readonly duplicates: readonly Finding[];
  /** Features kept whose identifier another one of other content has. */
  readonly repeated: readonly Finding[];
  readonly provenance: readonly Provenance[];
  /** The finished file in the work folder, and its hash. */
  readonly path: string;
  readonly sha256: string;
}

/** A spool that feeds the file. */
export interface Input {
  readonly from: PlacedSource;
  readonly file: string;
  readonly features: number;
}

function provenanceOf({ source, step }: PlacedSource): Provenance {
  const format = findFormat(source);
  if (format === null) throw new Error(`${source.format} has no provenance`);
  return { source: source.format, vintage: step.value.report.vintage, ...format.provenance };
}

/** The spools of a layer, by partition, in the order of the sources file. */
export function spoolsByPartition(layer: LayerSpec, sources: readonly PlacedSource[]): Map<string, Input[]> {
  const partitions = new Map<string, Input[]>();
  for (const from of sources) {
    for (const spool of from.step.value.spools.filter(({ layer: name }) => name === layer.name)) {
      const inputs = partitions.get(spool.partition) ?? [];
      inputs.push({ from, file: join(from.step.folder, spool.file), features: spool.features });
      partitions.set(spool.partition, inputs);
    }
  }
  return partitions;
}

/** What GDAL counts in the finished file: written is not yet readable. */
function countAgain(path: string): number {
  const dataset = gdal.open(path);
  try {
    return dataset.layers.get(0).features.count();
  } finally {
    dataset.close();
  }
}

function packInto(layer: LayerSpec, inputs: readonly Input[], folder: string) {
  const path = join(folder, 'out.fgb');
  const name = layer.name.split('/')[1] ?? layer.name;
  const files = inputs.map(({ file }) => file);
  assertOneFormat(layer, inputs);
  const formats = inputs.map(({ from }) => editionOf(from.source));
  const result = pack({ ...layer, name }, files, path, { formats });
  const { features, bbox, duplicates, repeated } = result;
  assertUnmixed(result, layer, inputs);
  assertFewRepeats(result, layer, inputs);
  const expected = inputs.reduce((sum, input) => sum + input.features, 0) - duplicates.length;
  const found = countAgain(path);
  if (features !== expected || found !== expected) {
    const what = `${expected} features expected, ${features} packed, ${found} read back`;
    throw new PipelineError('CountMismatch', what, { layer: layer.name });
  }
  return {
    features,
    bbox,
    duplicates: duplicates.map(({ id }) => ({ id, what: 'identical to a feature kept' })),
    repeated: repeated.map(({ id, of }) => {
      return { id, what: `another feature of this identifier, in ${pathIn(inputs, of)}: both kept` };
    }),
  };
}

function distinct<T extends object>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Packs the partition; `null` when none of its features is left. */
export async function packPartition(
  layer: LayerSpec,
  partition: string,
  inputs: readonly Input[],
  steps: StepStore,
): Promise<PackedPartition | null> {
  const used = inputs.filter(({ features }) => features > 0);
  if (used.length === 0) return null;
  const { value, folder } = await steps.run({
    name: `pack ${layer.name} ${partition}`,
    inputs: { layer, spools: used.map(({ from, file }) => [from.step.fingerprint, file.split('/').at(-1)]) },
    run: async (target) => {
      const packed = packInto(layer, used, target);
      return { ...packed, sha256: await sha256OfFile(join(target, 'out.fgb')) };
    },
  });
  const members = used.flatMap(({ from }) => from.step.value.report.members);
  const values = together(
    members.filter((member) => member.layer === layer.name).map((member) => member.values),
  );
  const provenance = distinct(used.map(({ from }) => provenanceOf(from)));
  // Those that hold no feature of this layer too: that is what they tell.
  const coverage =
    layer.geometry === null ? [] : distinct(inputs.flatMap(({ from }) => from.step.value.coverage));
  return { layer, partition, values, coverage, provenance, path: join(folder, 'out.fgb'), ...value };
}
