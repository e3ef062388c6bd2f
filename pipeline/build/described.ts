/** What is said of a build: the manifest, which says all, and the catalogue, which says what a query needs. */
import {
  CATALOGUE_FORMAT,
  type Catalogue,
  type Layer,
  type PublishedFile,
} from '../../src/format/catalogue.ts';
import type { Manifest, ManifestLayer } from '../../src/format/manifest.ts';
import { missingOf } from '../datasets/missing.ts';
import { describeFile, type Candidate } from '../publish/named.ts';
import type { IndexedLayer } from './indexed.ts';
import type { PackedPartition } from './packed.ts';
import type { PublishedTable } from './tables.ts';
import type { Tiles } from './tiled.ts';

/** All that a build has made. */
export interface Made {
  readonly territory: string;
  readonly layers: readonly IndexedLayer[];
  readonly table: PublishedTable | null;
  readonly tiles: Tiles;
  readonly tools: Readonly<Record<string, string>>;
}

function candidateOf({ layer, partition, path, sha256 }: PackedPartition): Candidate {
  return { name: `data/${layer.name}/${partition}`, ending: 'fgb', path, sha256 };
}

/** Every file but the manifest. */
export function candidatesOf({ layers, table, tiles }: Made): Candidate[] {
  const own = layers.flatMap(({ partitions, file }) => [...partitions.map(candidateOf), file]);
  return [...own, ...(table?.candidates ?? []), ...tiles.candidates];
}

function manifestLayer({ layer, partitions, file }: IndexedLayer): ManifestLayer {
  const { module, title, geometry, geometryName, fields } = layer;
  return {
    ...{ module, title, geometry, geometryName, fields },
    missing: missingOf(
      layer.name,
      partitions.flatMap(({ provenance }) => provenance.map(({ source }) => source)),
    ),
    partitions: partitions.map((item) => {
      const { partition: id, features, values, bbox, coverage, provenance } = item;
      return { id, features, values, bbox, coverage, provenance, file: describeFile(candidateOf(item)) };
    }),
    index: describeFile(file),
  };
}

/** `site`: what browsers are given beside the data. */
export function manifestOf(
  { territory, layers, table, tiles, tools }: Made,
  site: readonly PublishedFile[] = [],
): Manifest {
  const entries = layers.map((item): [string, ManifestLayer] => [item.layer.name, manifestLayer(item)]);
  if (table !== null) entries.push([table.name, table.layer]);
  return { territory, layers: Object.fromEntries(entries), tiles: tiles.archives, site, tools };
}

function catalogueLayer({ layer, partitions, index }: IndexedLayer): Layer {
  const { geometry, fields } = layer;
  const features = partitions.reduce((sum, partition) => sum + partition.features, 0);
  const listed = partitions.map(({ partition: id, provenance }) => ({ id, provenance }));
  return { geometry, fields, features, partitions: listed, index };
}

/** `manifest`: where it is published. */
export function catalogueOf({ territory, layers, table, tiles }: Made, manifest: PublishedFile): Catalogue {
  const archives = Object.entries(tiles.archives).map(([module, { file }]) => [module, file.path] as const);
  return {
    format: CATALOGUE_FORMAT,
    territory,
    manifest,
    layers: Object.fromEntries(layers.map((item) => [item.layer.name, catalogueLayer(item)])),
    codesPostaux: table && {
      ...{ file: table.layer.index, crc32: table.crc32, provenance: table.provenance },
    },
    tiles: Object.fromEntries(archives),
  };
}
