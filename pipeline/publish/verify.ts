/**
 * Verifies a published tree from its bytes: every file that the manifest names is there,
 * has its length and hash, opens, and holds what the manifest says; every index holds what
 * its features are; and the catalogue says nothing else.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PublishedFile } from '../../src/format/catalogue.ts';
import type { ManifestLayer, TileArchive } from '../../src/format/manifest.ts';
import { messageOf } from '../errors.ts';
import { readArchive } from '../tiles/archive.ts';
import { disagreements } from './agreement.ts';
import { faultOf, faultOfBytes, readTree, type PublishedTree } from './read-tree.ts';
import { PARTS } from './tree.ts';
import { faultOfFeatures, faultOfList, faultOfTable } from './verify-features.ts';
import { verifyIndex } from './verify-index.ts';

/** What is wrong with one file. */
export interface Fault {
  readonly path: string;
  readonly what: string;
}

export interface Verification {
  readonly files: number;
  readonly features: number;
  readonly bytes: number;
  readonly faults: readonly Fault[];
}

interface Named {
  readonly file: PublishedFile;
  readonly features: number;
  /** What is wrong with what it holds; may throw that too. */
  readonly read: (path: string) => string | null | Promise<string | null>;
  /** The paths of those that it says something of: it is read only when they are sound. */
  readonly of: readonly string[];
  /** Pages at the root keep their names. */
  readonly keepsItsName?: boolean;
}

async function faultOfTiles(path: string, archive: TileArchive): Promise<string | null> {
  const found = await readArchive(path);
  const missing = archive.layers.filter((layer) => !found.layers.includes(layer));
  return missing.length === 0 ? null : `no layer ${missing.join(', ')} in the tiles`;
}

function filesOfLayer(directory: string, tree: PublishedTree, name: string, layer: ManifestLayer): Named[] {
  const isTable = layer.module === 'codes-postaux';
  const partitions = layer.partitions.map((partition): Named => ({
    file: partition.file,
    features: partition.features,
    of: [],
    read: (path) => (isTable ? faultOfTable(path, partition) : faultOfFeatures(path, layer, partition)),
  }));
  const { layers, codesPostaux } = tree.catalogue;
  const index = async (): Promise<string | null> => {
    if (isTable) return faultOfList(directory, layer, codesPostaux?.crc32);
    const inCatalogue = layers[name];
    // Without it there is nothing to read the index by, which is told as a disagreement.
    if (inCatalogue !== undefined)
      await verifyIndex({ directory, name, layer: inCatalogue, manifest: layer });
    return null;
  };
  const of = partitions.map(({ file }) => file.path);
  return [...partitions, { file: layer.index, features: 0, of, read: index }];
}

function namedFiles(directory: string, tree: PublishedTree): Named[] {
  const { layers, tiles, site } = tree.manifest;
  const archives = Object.values(tiles).map((archive): Named => ({
    file: archive.file,
    features: 0,
    of: [],
    read: (path) => faultOfTiles(path, archive),
  }));
  const files = Object.entries(layers).flatMap(([name, layer]) => filesOfLayer(directory, tree, name, layer));
  const pages = site.map((file): Named => {
    return { file, features: 0, of: [], read: () => null, keepsItsName: !file.path.includes('/') };
  });
  return [...files, ...archives, ...pages];
}

/** Files in the tree's folders that the manifest does not name. */
function strays(directory: string, named: readonly Named[]): Fault[] {
  const known = new Set(named.map(({ file }) => file.path));
  return PARTS.filter((part) => statSync(join(directory, part), { throwIfNoEntry: false }) !== undefined)
    .flatMap((part) => readdirSync(join(directory, part), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !known.has(path))
    .map((path) => ({ path, what: 'named by no manifest' }));
}

async function readSafely({ file, read, of }: Named, directory: string, faulty: ReadonlySet<string>) {
  if (of.some((path) => faulty.has(path))) return null;
  try {
    return await read(join(directory, file.path));
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Verifies the tree in `directory`; faults are returned, not thrown.
 * @throws PipelineError `VerifyFailed` when there is no catalogue, or no manifest, to verify against.
 */
export async function verify(directory: string): Promise<Verification> {
  const tree = await readTree(directory);
  const named = namedFiles(directory, tree);
  const faults = strays(directory, named);
  for (const what of disagreements(tree)) {
    faults.push({ path: 'catalogue.json', what: `says of ${what} what the manifest does not` });
  }
  const faulty = new Set<string>();
  for (const item of named) {
    const { path } = item.file;
    const own = item.keepsItsName === true ? faultOfBytes : faultOf;
    const what = (await own(directory, item.file)) ?? (await readSafely(item, directory, faulty));
    if (what === null) continue;
    faults.push({ path, what });
    faulty.add(path);
  }
  return {
    files: named.length + 1,
    features: named.reduce((sum, { features }) => sum + features, 0),
    bytes: named.reduce((sum, { file }) => sum + file.length, tree.catalogue.manifest.length),
    faults,
  };
}
