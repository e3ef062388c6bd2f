/** One small layer as it is published, for the tests of what is read of its index. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Layer } from '../../src/format/catalogue.ts';
import type { ManifestLayer, ManifestPartition } from '../../src/format/manifest.ts';
import { pack } from '../pack/pack.ts';
import { writeIndex, type IndexOptions } from '../pack/index/write-index.ts';
import type { PublishedLayer } from '../publish/verify-index.ts';
import type { TestFolder } from './folder.ts';
import { TEST_LAYER, writeSpool, type PackedFeature, type TestLayer } from './packing.ts';

export interface IndexedTestLayer extends TestLayer {
  readonly ids: readonly string[] | null;
}

export const INDEXED_LAYER: IndexedTestLayer = { ...TEST_LAYER, keys: ['idu'], ids: ['idu'] };

const NAME = 'cadastre/parcelle';

function describe(directory: string, path: string) {
  const sha256 = createHash('sha256')
    .update(readFileSync(join(directory, path)))
    .digest('hex');
  return { path, length: statSync(join(directory, path)).size, sha256 };
}

/** Packs `features` into `<id>.fgb` of the folder. */
export function writePartition(
  folder: TestFolder,
  id: string,
  features: readonly PackedFeature[],
  layer: TestLayer = INDEXED_LAYER,
): ManifestPartition {
  const spool = writeSpool(folder.path(`${id}.spool`), features, layer);
  const { bbox, features: count } = pack(layer, [spool], folder.path('tree', `${id}.fgb`));
  const file = describe(folder.path('tree'), `${id}.fgb`);
  const coverage = bbox === null ? [] : [bbox];
  return { id, features: count, values: null, bbox, coverage, provenance: [], file };
}

/** Indexes the files at `paths`, or those of the partitions, as the index of `partitions`. */
export async function indexPartitions(
  folder: TestFolder,
  partitions: readonly ManifestPartition[],
  layer: IndexedTestLayer = INDEXED_LAYER,
  options: IndexOptions & { readonly paths?: readonly string[] } = {},
): Promise<PublishedLayer> {
  const directory = folder.path('tree');
  const { paths = partitions.map(({ file }) => file.path), ...rest } = options;
  const { geometry, fields, keys, ids, title } = layer;
  const input = {
    ...{ layer: NAME, geometry, fields, keys, ids },
    partitions: partitions.map(({ id, file, coverage }, i) => {
      return { id, path: join(directory, paths[i] ?? ''), hash: file.sha256.slice(0, 16), coverage };
    }),
  };
  const written = await writeIndex(input, join(directory, 'layer.idx'), rest);
  const file = describe(directory, 'layer.idx');
  const manifest: ManifestLayer = {
    ...{ module: 'cadastre', title, geometry, geometryName: 'geom', fields, missing: [], partitions },
    index: file,
  };
  const published: Layer = {
    ...{ geometry, fields, features: partitions.reduce((sum, { features }) => sum + features, 0) },
    partitions: partitions.map(({ id }) => ({ id, provenance: [] })),
    index: { ...written, hash: file.sha256.slice(0, 16) },
  };
  return { directory, name: NAME, layer: published, manifest };
}
