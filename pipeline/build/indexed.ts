/** The third steps of a build: one index for each layer, over all its partitions. */
import { join } from 'node:path';
import type { LayerIndex } from '../../src/format/catalogue.ts';
import type { LayerSpec } from '../datasets/dataset.ts';
import { writeIndex, type IndexInput } from '../pack/index/write-index.ts';
import { hashDigits, type Candidate } from '../publish/named.ts';
import { sha256OfFile } from './fingerprint.ts';
import type { PackedPartition } from './packed.ts';
import type { StepStore } from './steps.ts';

/** A layer with its index, both finished in the work folder. */
export interface IndexedLayer {
  readonly layer: LayerSpec;
  /** In the order of their numbers in the index. */
  readonly partitions: readonly PackedPartition[];
  readonly index: LayerIndex;
  readonly file: Candidate;
}

const FILE = 'out.idx';

function inputOf(layer: LayerSpec, partitions: readonly PackedPartition[]): IndexInput {
  const { name, geometry, fields, keys, ids } = layer;
  return {
    ...{ layer: name, geometry, fields, keys, ids },
    partitions: partitions.map(({ partition, path, sha256, coverage }) => {
      return { id: partition, path, hash: hashDigits(sha256), coverage };
    }),
  };
}

/** Where the files lie on this machine decides nothing. */
function fingerprinted(input: IndexInput): unknown {
  return { ...input, partitions: input.partitions.map((partition) => ({ ...partition, path: '' })) };
}

/** Indexes `layer`; at least one partition. */
export async function indexLayer(
  layer: LayerSpec,
  packed: readonly PackedPartition[],
  steps: StepStore,
): Promise<IndexedLayer> {
  const partitions = [...packed].sort((a, b) => (a.partition < b.partition ? -1 : 1));
  const input = inputOf(layer, partitions);
  const { value, folder } = await steps.run({
    name: `index ${layer.name}`,
    inputs: fingerprinted(input),
    run: async (target) => {
      const index = await writeIndex(input, join(target, FILE), { work: target });
      return { index, sha256: await sha256OfFile(join(target, FILE)) };
    },
  });
  const { index, sha256 } = value;
  const file = { name: `data/${layer.name}`, ending: 'idx', path: join(folder, FILE), sha256 };
  return { layer, partitions, index: { ...index, hash: hashDigits(sha256) }, file };
}
