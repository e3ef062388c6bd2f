/**
 * Asks every layer of a built tree seeded questions, by place, by key and by both, and
 * compares the answers with those of the independent route: every feature tested one by
 * one, no index.
 */
import { join } from 'node:path';
import type { Geometry } from 'geojson';
import type { Layer } from '../../src/format/catalogue.ts';
import { featuresPath } from '../../src/format/paths.ts';
import type { Carto } from '../../src/node.ts';
import { seededRandom } from '../../src/testing/random.ts';
import { readTree } from '../publish/read-tree.ts';
import { Oracle, readAll } from './oracle.ts';
import { QueryMaker, type Random } from './queries.ts';

export interface Difference {
  readonly layer: string;
  readonly query: number;
  readonly question: Question;
  readonly missing: readonly string[];
  readonly excess: readonly string[];
}

export interface Comparison {
  readonly asked: number;
  /** Questions that some feature answers. */
  readonly hits: number;
  readonly differences: readonly Difference[];
}

interface Question {
  readonly geom?: Geometry;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Layers whose features have places. */
export function placedLayers(carto: Carto): [string, Layer][] {
  return Object.entries(carto.catalogue.layers).filter(([, { geometry }]) => geometry !== null);
}

/** By the ids of the partitions. */
type Oracles = ReadonlyMap<string, Oracle>;

async function oraclesOf(directory: string, name: string): Promise<Oracles> {
  const { manifest } = await readTree(directory);
  const partitions = manifest.layers[name]?.partitions ?? [];
  return new Map(
    partitions.map(({ id, file }) => [
      id,
      new Oracle(readAll(join(directory, featuresPath(name, id, file.sha256.slice(0, 16))))),
    ]),
  );
}

function expectedIds(layer: string, oracles: Oracles, { geom, values }: Question): string[] {
  const tail = layer.split('/')[1] ?? layer;
  return [...oracles].flatMap(([partition, oracle]) => {
    const having = Object.keys(values).length > 0 ? new Set(oracle.having(values)) : null;
    const positions =
      geom === undefined
        ? [...(having ?? [])]
        : oracle.meeting(geom).filter((position) => having?.has(position) !== false);
    return positions.map((position) => `${tail}.${partition}.${position}`);
  });
}

/** Values of some of the fields that the layer is kept by, of one of its features or of two. */
function someValues({ index }: Layer, oracles: Oracles, random: Random): Question['values'] {
  const features = [...oracles.values()].flatMap((oracle) => oracle.features);
  const pick = () => features[Math.floor(random() * features.length)]?.properties ?? {};
  const [one, other] = [pick(), random() < 0.1 ? pick() : undefined];
  const fields = [...new Set([...index.keys.fields, ...(index.ids?.fields ?? [])])];
  const chosen = random() < 0.5 ? fields : fields.filter(() => random() < 0.6);
  const entries = chosen.map((field) => [field, (random() < 0.5 ? other : one)?.[field] ?? one[field]]);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string')) as Question['values'];
}

/** Every eighth question is by key, every other of these by place too. */
function makeQuestion(
  layer: Layer,
  oracles: Oracles,
  maker: QueryMaker | null,
  random: Random,
  n: number,
): Question {
  const values = maker === null || n % 8 === 7 ? someValues(layer, oracles, random) : {};
  const isByKey = Object.keys(values).length > 0 && (maker === null || n % 16 === 7);
  return isByKey || maker === null ? { values } : { geom: maker.make(n), values };
}

/** Compares `queries` answers of each layer; `seed` decides the questions. */
export async function compareWithBruteForce(
  carto: Carto,
  directory: string,
  { queries, seed }: { readonly queries: number; readonly seed: number },
): Promise<Comparison> {
  const differences: Difference[] = [];
  let [asked, hits] = [0, 0];
  for (const [name, layer] of Object.entries(carto.catalogue.layers)) {
    const oracles = await oraclesOf(directory, name);
    const geometries = [...oracles.values()].flatMap(({ features }) =>
      features.flatMap(({ geoJson }) => geoJson ?? []),
    );
    const random = seededRandom(seed);
    const maker = geometries.length > 0 ? new QueryMaker(geometries, random) : null;
    for (let query = 0; query < queries; query++) {
      const question = makeQuestion(layer, oracles, maker, random, query);
      const { geom, values } = question;
      if (geom === undefined && Object.keys(values).length === 0) continue;
      const { features } = await carto.query(name, { ...values, geom, geometry: false });
      const found = new Set(features.map(({ id }) => id));
      const expected = new Set(expectedIds(name, oracles, question));
      asked += 1;
      if (expected.size > 0) hits += 1;
      const missing = [...expected].filter((id) => !found.has(id));
      const excess = [...found].filter((id) => !expected.has(id));
      const isRepeated = found.size !== features.length;
      if (missing.length > 0 || excess.length > 0 || isRepeated)
        differences.push({ layer: name, query, question, missing, excess });
    }
  }
  return { asked, hits, differences };
}
