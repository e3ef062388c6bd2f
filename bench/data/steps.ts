/** What a run needs, built once each: spools, the peers' files, questions and their answers. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { built } from './built.ts';
import { BIG_FEATURES, bigLayer, cadastreLayer, SEED } from './layers.ts';
import { makeParquet } from './parquet.ts';
import { FGB, makeFlatGeobuf, makeTiles } from './peers.ts';
import { queriesOf, type QuerySets } from './queries.ts';
import { writeSpools, type BenchLayer } from './spools.ts';
import { makeTree, writeCatalogue } from './tree.ts';

const GENERATOR = ['noise', 'chain', 'subdivide', 'communes', 'cadastre', 'big', 'spools', 'layers'];
const GENERATOR_CODE = GENERATOR.map((name) => `bench/data/${name}.ts`);
const ENCODER_CODE = ['encode', 'properties', 'spool', 'sort-key'].map((name) => `pipeline/pack/${name}.ts`);
const PACK_CODE = ['pipeline/pack/pack.ts', 'pipeline/pack/hilbert.ts', 'pipeline/pack/packed-file.ts'];

export interface Dataset {
  /** `1e6`, or `big`. */
  readonly name: string;
  readonly layer: BenchLayer;
  /** Of the cadastre, for its questions; `null` for features of another kind. */
  readonly size: number | null;
}

export function cadastreOf(size: number): Dataset {
  return { name: size.toExponential().replace('+', ''), layer: cadastreLayer(size), size };
}

export const BIG: Dataset = { name: 'big', layer: bigLayer(), size: null };

/** The spools, one a partition. */
export function spoolsOf({ name, layer, size }: Dataset): Promise<string> {
  return built({
    name: `spools-${name}`,
    inputs: [SEED, size ?? BIG_FEATURES],
    code: [...GENERATOR_CODE, ...ENCODER_CODE],
    make: (folder) => {
      writeSpools(layer, folder);
    },
  });
}

/** All features in one FlatGeobuf file, for its own reader. */
export async function flatGeobufOf(dataset: Dataset): Promise<string> {
  const spools = await spoolsOf(dataset);
  const folder = await built({
    name: `flatgeobuf-${dataset.name}`,
    inputs: [spools],
    code: PACK_CODE,
    make: (target) => {
      makeFlatGeobuf(dataset.layer, spools, target);
    },
  });
  return join(folder, FGB);
}

export async function tilesOf(dataset: Dataset): Promise<string> {
  const fgb = await flatGeobufOf(dataset);
  return built({
    name: `pmtiles-${dataset.name}`,
    inputs: [fgb],
    code: ['bench/data/peers.ts'],
    make: (folder) => makeTiles(fgb, folder),
  });
}

export async function parquetOf(dataset: Dataset): Promise<string> {
  const fgb = await flatGeobufOf(dataset);
  return built({
    name: `parquet-${dataset.name}`,
    inputs: [fgb],
    code: ['bench/data/parquet.ts'],
    make: (folder) => makeParquet(dataset.layer, fgb, folder),
  });
}

/** Our tree. */
export async function treeOf(dataset: Dataset): Promise<string> {
  const { name, layer } = dataset;
  const spools = await spoolsOf(dataset);
  const tree = await built({
    name: `tree-${name}`,
    inputs: [spools],
    code: ['bench/data/tree.ts', 'pipeline/pack', 'src/format', 'src/geometry/local'],
    make: (folder) => makeTree(layer, partitionsIn(spools), spools, folder),
  });
  writeCatalogue(layer, tree);
  return tree;
}

/** The questions to a cadastre, `count` of each kind, with their answers. */
export async function questionsOf({ name, size }: Dataset, count: number): Promise<QuerySets> {
  if (size === null) throw new Error(`${name} is no cadastre`);
  const folder = await built({
    name: `queries-${name}-${count}`,
    inputs: [SEED, size, count],
    code: [...GENERATOR_CODE, 'bench/data/queries.ts', 'bench/data/country.ts', 'bench/data/places.ts'],
    make: (target) => {
      writeFileSync(join(target, 'queries.json'), JSON.stringify(queriesOf(SEED, size, count)));
    },
  });
  return JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as QuerySets;
}

/** The partitions that have a spool, in order. */
export function partitionsIn(spools: string): string[] {
  return readdirSync(spools)
    .map((name) => name.replace(/\.spool$/, ''))
    .sort();
}
