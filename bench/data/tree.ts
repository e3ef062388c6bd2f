/** The published tree over spools, written by the pipeline's own packing, indexing and catalogue. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256OfFile } from '../../pipeline/build/fingerprint.ts';
import { deflate } from '../../pipeline/pack/index/unit-file.ts';
import { writeIndex } from '../../pipeline/pack/index/write-index.ts';
import { pack } from '../../pipeline/pack/pack.ts';
import { describeDocument, hashDigits } from '../../pipeline/publish/named.ts';
import { CATALOGUE_FORMAT, type Layer, type Provenance } from '../../src/format/catalogue.ts';
import { encodeCatalogue } from '../../src/format/catalogue-json.ts';
import { featuresPath, indexPath } from '../../src/format/paths.ts';
import type { Box } from '../../src/geometry/lattice.ts';
import { say } from './built.ts';
import { spoolPath, type BenchLayer } from './spools.ts';

/** What the catalogue says of the layer, beside it. */
const LAYER = 'layer.json';

const PROVENANCE: Provenance = {
  source: 'synthetic',
  vintage: '2026',
  producer: 'carto-statique',
  licence: 'Licence Ouverte / Open Licence 2.0',
  attribution: 'Données synthétiques',
};

interface PackedFeatures {
  readonly id: string;
  readonly path: string;
  readonly hash: string;
  readonly features: number;
  readonly coverage: readonly Box[];
}

/** Moves a finished file to its place in the tree. */
function place(from: string, root: string, path: string): string {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(from, target);
  return target;
}

async function packPartition({ spec }: BenchLayer, id: string, spools: string, root: string): Promise<PackedFeatures> {
  const aside = join(root, 'aside.fgb');
  const { features, bbox } = pack({ ...spec }, [spoolPath(spools, id)], aside, { memory: 512 * 2 ** 20 });
  const hash = hashDigits(await sha256OfFile(aside));
  const path = place(aside, root, featuresPath(spec.name, id, hash));
  return { id, path, hash, features, coverage: bbox === null ? [] : [bbox] };
}

async function indexLayer({ spec }: BenchLayer, partitions: readonly PackedFeatures[], root: string): Promise<Layer> {
  const aside = join(root, 'aside.idx');
  const { name: layer, geometry, fields, keys, ids } = spec;
  const start = performance.now();
  const index = await writeIndex({ layer, geometry, fields, keys, ids, partitions }, aside, { work: root });
  const seconds = (performance.now() - start) / 1000;
  const features = partitions.reduce((sum, partition) => sum + partition.features, 0);
  say(`indexed ${features} features in ${seconds.toFixed(1)} s, ${(index.length / features).toFixed(1)} bytes each`);
  const hash = hashDigits(await sha256OfFile(aside));
  place(aside, root, indexPath(layer, hash));
  const listed = partitions.map(({ id }) => ({ id, provenance: [PROVENANCE] }));
  return { geometry, fields, features, partitions: listed, index: { ...index, hash } };
}

/** Packs and indexes `layer` alone into the folder `root`, all but the catalogue. */
export async function makeTree(
  layer: BenchLayer,
  ids: readonly string[],
  spools: string,
  root: string,
): Promise<void> {
  const partitions: PackedFeatures[] = [];
  for (const id of ids) partitions.push(await packPartition(layer, id, spools, root));
  writeFileSync(join(root, LAYER), JSON.stringify(await indexLayer(layer, partitions, root)));
}

/** Writes the catalogue of a tree that `makeTree` made: it costs nothing, and its form changes apart. */
export function writeCatalogue({ spec }: BenchLayer, root: string): void {
  const catalogue = {
    format: CATALOGUE_FORMAT,
    territory: 'Pays imaginaire',
    manifest: describeDocument({ name: 'manifest', ending: 'json', text: '{}\n' }),
    layers: { [spec.name]: JSON.parse(readFileSync(join(root, LAYER), 'utf8')) as Layer },
    codesPostaux: null,
    tiles: {},
  } as const;
  const text = JSON.stringify(encodeCatalogue(catalogue, deflate));
  writeFileSync(join(root, 'catalogue.json'), `${text}\n`);
}
