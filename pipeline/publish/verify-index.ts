/**
 * Verifies an index from its bytes: every unit by the reader's own checks, every byte in
 * one of them, and what they say against the features themselves. Memory holds the leaves,
 * a unit or block at a time, and what sorting is allowed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Layer } from '../../src/format/catalogue.ts';
import { refuse } from './verify-index/refuse.ts';
import type { ManifestLayer } from '../../src/format/manifest.ts';
import type { Page } from '../../src/format/page.ts';
import { coverageSearch } from '../pack/index/coverage.ts';
import { hashDigits } from './named.ts';
import { IdLookup } from './verify-index/id-lookup.ts';
import { IndexFile } from './verify-index/index-file.ts';
import { readBlocks, readKeyDirectory } from './verify-index/keys.ts';
import { readPages } from './verify-index/pages.ts';
import { checkPartitions } from './verify-index/partitions.ts';
import { Sightings } from './verify-index/sightings.ts';

export interface PublishedLayer {
  /** The root of the tree. */
  readonly directory: string;
  readonly name: string;
  /** As the catalogue has it. */
  readonly layer: Layer;
  readonly manifest: ManifestLayer;
}

/** Whether the files that a page names are those of the manifest. */
function checkFiles({ files }: Page, { partitions }: ManifestLayer, name: string): void {
  for (const [partition, { hash, length }] of files) {
    const file = partitions[partition]?.file;
    if (file === undefined || hashDigits(file.sha256) !== hash || file.length !== length) {
      refuse(name, `a page names another file of partition ${partition} than the manifest`);
    }
  }
}

async function verifyFile(file: IndexFile, published: PublishedLayer, sightings: Sightings): Promise<void> {
  const { directory, layer, manifest } = published;
  const { ids: buckets } = layer.index;
  const ids = buckets === null ? null : new IdLookup(file, buckets, layer.fields);
  const coverage = coverageSearch(manifest.partitions);
  const leaves = await readPages({ file, layer, coverage, ids, sightings }, (page) => {
    checkFiles(page, manifest, file.name);
  });
  ids?.verifyAll();
  const keys = await readKeyDirectory(file, manifest);
  const input = { name: file.name, layer, leaves, sightings };
  await checkPartitions(directory, manifest, keys, readBlocks(file, keys), input);
}

/**
 * Verifies the index of a layer.
 * @throws Error that says what is wrong first.
 */
export async function verifyIndex(published: PublishedLayer): Promise<void> {
  const { directory, layer, manifest } = published;
  const folder = mkdtempSync(join(tmpdir(), 'carto-verify-'));
  const sightings = new Sightings(folder);
  const { path } = manifest.index;
  try {
    const file = new IndexFile(join(directory, path), layer.index, path);
    try {
      await verifyFile(file, published, sightings);
    } finally {
      file.close();
    }
  } finally {
    sightings.close();
    rmSync(folder, { recursive: true });
  }
}
