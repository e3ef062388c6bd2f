/** Layers for the tests of the index: packed from features, indexed, read back. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import type { Field, LayerGeometry, LayerIndex } from '../../../../src/format/catalogue.ts';
import type { Value } from '../../../../src/format/feature-values.ts';
import type { Box } from '../../../../src/geometry/lattice.ts';
import { shapeOf, type Shape } from '../../../../src/geometry/shape.ts';
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

/** A feature as its .fgb has it, read by the flatgeobuf package. */
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

async function truthsIn(file: Uint8Array, partition: number, layer: IndexedTestLayer): Promise<Truth[]> {
  const truths: Truth[] = [];
  for await (const { properties, geometry } of deserialize(file)) {
    const values = layer.fields.map(({ name }) => (properties?.[name] ?? null) as Value);
    // The package makes a geometry of what has none.
    const shape = layer.geometry === null ? null : shapeOf(geometry);
    truths.push({ partition, position: truths.length, values, shape });
  }
  return truths;
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
    return { id: `${i}`, path, bytes, hash, coverage, count: features.length };
  });
  const path = folder.path('layer.idx');
  const { name, geometry, fields, keys, ids } = layer;
  const input = { layer: name, geometry, fields, keys, ids, partitions: packed };
  const written = await writeIndex(input, path, options);
  const truths: Truth[] = [];
  for (const [i, { bytes, count }] of packed.entries()) {
    // In a file of no feature the package searches for ever.
    if (count > 0) truths.push(...(await truthsIn(bytes, i, layer)));
  }
  const index = await readIndex(path, written, layer);
  return { layer, path, written, index, truths, files: packed.map(({ bytes }) => bytes) };
}
