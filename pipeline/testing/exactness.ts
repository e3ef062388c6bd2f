/**
 * Asks every layer of a built tree seeded questions, and compares the ids with those of
 * the independent route: every feature tested one by one by GEOS on the integers.
 */
import { join } from 'node:path';
import type { Geometry } from 'geojson';
import type { Layer } from '../../src/format/catalogue.ts';
import type { Carto } from '../../src/node.ts';
import { seededRandom } from '../../src/testing/random.ts';
import { bruteForce, readAll, type OracleFeature } from './oracle.ts';
import { QueryMaker } from './queries.ts';

export interface Difference {
  readonly layer: string;
  readonly query: number;
  readonly geom: Geometry;
  readonly found: readonly string[];
  readonly expected: readonly string[];
}

export interface Comparison {
  readonly asked: number;
  /** Questions that some feature answers. */
  readonly hits: number;
  readonly differences: readonly Difference[];
}

/** Layers whose features have places. */
export function placedLayers(carto: Carto): [string, Layer][] {
  return Object.entries(carto.catalogue.layers).filter(([, { geometry }]) => geometry !== null);
}

type Partitions = ReadonlyMap<string, readonly OracleFeature[]>;

function expectedIds(layer: string, partitions: Partitions, geom: Geometry): string[] {
  const tail = layer.split('/')[1] ?? layer;
  return [...partitions].flatMap(([partition, all]) =>
    bruteForce(all, geom).map((position) => `${tail}.${partition}.${position}`),
  );
}

function readPartitions({ partitions }: Layer, directory: string): Partitions {
  return new Map(partitions.map(({ id, file }) => [id, readAll(join(directory, file.path))]));
}

/** Compares `queries` answers of each layer; `seed` decides the questions. */
export async function compareWithBruteForce(
  carto: Carto,
  directory: string,
  { queries, seed }: { readonly queries: number; readonly seed: number },
): Promise<Comparison> {
  const differences: Difference[] = [];
  let [asked, hits] = [0, 0];
  for (const [name, layer] of placedLayers(carto)) {
    const partitions = readPartitions(layer, directory);
    const geometries = [...partitions.values()].flat().flatMap(({ geoJson }) => geoJson ?? []);
    const maker = new QueryMaker(geometries, seededRandom(seed));
    for (let query = 0; query < queries; query++) {
      const geom = maker.make(query);
      const { features } = await carto.query(name, { geom, geometry: false });
      const found = features.map(({ id }) => id);
      const expected = expectedIds(name, partitions, geom);
      asked += 1;
      if (expected.length > 0) hits += 1;
      if (found.join() !== expected.join()) differences.push({ layer: name, query, geom, found, expected });
    }
  }
  return { asked, hits, differences };
}
