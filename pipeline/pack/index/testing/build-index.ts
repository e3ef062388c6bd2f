/** Layers for the tests of the index: packed from features, indexed, read back. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Field, LayerGeometry, LayerIndex } from '../../../../src/format/catalogue.ts';
import type { Value } from '../../../../src/format/feature-values.ts';
import type { KeyFile } from '../../../../src/format/key-leaves.ts';
import { readFeature, splitFeatures } from '../../../../src/format/read-feature.ts';
import type { Box } from '../../../../src/geometry/lattice.ts';
import type { Shape } from '../../../../src/geometry/shape.ts';
import type { TestFolder } from '../../../testing/folder.ts';
import { writeSpool, type PackedFeature } from '../../../testing/packing.ts';
import { pack } from '../../pack.ts';
import { writeIndex, type IndexOptions } from '../write-index.ts';
import { readIndex, type ReadIndex } from './read-index.ts';

export interface IndexedTestLayer {
  readonly name: string;
  readonly title: string;
  readonly geometry: LayerGeometry;
  readonly fields: readonly Field[];
  readonly keys: readonly string[];
  readonly ids: readonly string[] | null;
}

export const PARCELLES: IndexedTestLayer = {
  name: 'cadastre/parcelle',
  title: 'Parcelles',
  geometry: 'MultiPolygon',
  fields: [
    { name: 'idu', type: 'string' },
    { name: 'section', type: 'string' },
    { name: 'contenance', type: 'integer' },
  ],
  keys: ['section'],
  ids: ['idu'],
};

/** A feature as its .fgb has it, as the library reads it. */
export interface Truth {
  readonly partition: number;
  readonly position: number;
  readonly values: readonly Value[];
  readonly shape: Shape | null;
}

export interface BuiltIndex {
  readonly layer: IndexedTestLayer;
  readonly path: string;
  readonly written: Omit<LayerIndex, 'hash'>;
  readonly index: ReadIndex;
  readonly truths: readonly Truth[];
  /** The bytes of each partition's .fgb. */
  readonly files: readonly Uint8Array[];
}

function truthsIn(
  file: Uint8Array,
  partition: number,
  { features, featuresOffset }: KeyFile,
  layer: IndexedTestLayer,
) {
  const encoded = splitFeatures(file.subarray(featuresOffset), features, 'test.fgb');
  return encoded.map((bytes, position): Truth => {
    return { partition, position, ...readFeature(bytes, layer, 'test.fgb') };
  });
}

export interface TestPartition {
  readonly features: readonly PackedFeature[];
  /** Degrees. */
  readonly coverage?: readonly Box[];
}

/** Packs each of `partitions` and indexes them all. */
export async function buildIndex(
  folder: TestFolder,
  layer: IndexedTestLayer,
  partitions: readonly TestPartition[],
  options: IndexOptions = {},
): Promise<BuiltIndex> {
  const packed = partitions.map(({ features, coverage = [] }, i) => {
    const path = folder.path(`${i}.fgb`);
    pack(layer, [writeSpool(folder.path(`${i}.spool`), features, layer)], path);
    const bytes = Uint8Array.from(readFileSync(path));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    return { id: `${i}`, path, bytes, hash, coverage };
  });
  const path = folder.path('layer.idx');
  const { name, geometry, fields, keys, ids } = layer;
  const input = { layer: name, geometry, fields, keys, ids, partitions: packed };
  const written = await writeIndex(input, path, options);
  const index = await readIndex(path, written, layer);
  const files = packed.map(({ bytes }) => bytes);
  const truths = index.files.flatMap((file, i) => truthsIn(files[i] ?? new Uint8Array(), i, file, layer));
  return { layer, path, written, index, truths, files };
}
