/** Whether the catalogue says of a tree what its manifest says. */
import type { Catalogue, Layer } from '../../src/format/catalogue.ts';
import type { Manifest, ManifestLayer } from '../../src/format/manifest.ts';
import { indexPath } from '../../src/format/paths.ts';
import type { PublishedTree } from './read-tree.ts';

/** A table without features of its own. */
const POSTAL_CODES = 'codes-postaux';

/** What both say of a layer. */
function ofCatalogue(name: string, { geometry, fields, features, partitions, index }: Layer): unknown {
  const file = { path: indexPath(name, index.hash), length: index.length };
  return { geometry, fields, features, partitions, file };
}

function ofManifest({ geometry, fields, partitions, index: { path, length } }: ManifestLayer): unknown {
  return {
    ...{ geometry, fields, features: partitions.reduce((sum, partition) => sum + partition.features, 0) },
    partitions: partitions.map(({ id, provenance }) => ({ id, provenance })),
    file: { path, length },
  };
}

/** What both say beside layers with an index. */
function restOfCatalogue({ territory, codesPostaux, tiles }: Catalogue): unknown {
  const postal =
    codesPostaux === null ? null : { file: codesPostaux.file, provenance: codesPostaux.provenance };
  return { territory, postal, tiles };
}

function restOfManifest({ territory, layers, tiles }: Manifest): unknown {
  const table = Object.values(layers).find(({ module }) => module === POSTAL_CODES);
  const postal = table && { file: table.index, provenance: table.partitions[0]?.provenance ?? [] };
  const paths = Object.entries(tiles).map(([module, { file }]) => [module, file.path] as const);
  return { territory, postal: postal ?? null, tiles: Object.fromEntries(paths) };
}

function areEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What the catalogue says otherwise than the manifest: names of layers, or `the tree`. */
export function disagreements({ catalogue, manifest }: PublishedTree): string[] {
  const listed = Object.entries(manifest.layers).filter(([, { module }]) => module !== POSTAL_CODES);
  const names = new Set([...Object.keys(catalogue.layers), ...listed.map(([name]) => name)]);
  const layers = [...names].filter((name) => {
    const [inCatalogue, inManifest] = [catalogue.layers[name], manifest.layers[name]];
    if (inCatalogue === undefined || inManifest === undefined) return true;
    return !areEqual(ofCatalogue(name, inCatalogue), ofManifest(inManifest));
  });
  return areEqual(restOfCatalogue(catalogue), restOfManifest(manifest)) ? layers : [...layers, 'the tree'];
}
