/**
 * Chooses how to find what a question asks for: an exact key by its bucket, else a place
 * by the pages, else values of keys by their leaves, else all there is. Refuses to read
 * all there is when that passes the ceiling.
 */
import type { Directory } from '../format/directory.ts';
import { boxesMeet, boxToDegrees } from '../geometry/lattice.ts';
import { byId } from './by-id.ts';
import { byKey, type KeyAnswer } from './by-key.ts';
import { byPlace, directoriesIn } from './by-place.ts';
import { combinationsOf, type Combination } from './combinations.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import { refuseBeyond } from './refusal.ts';
import type { Search } from './search.ts';

export interface Plan extends KeyAnswer {
  readonly coverage: Coverage;
  /** The numbers of the partitions that the question concerns. */
  readonly partitions: readonly number[];
}

/** `21`, `2A`, `974`: what partitions are called when each is a département. */
const DEPARTEMENT = /^(\d{2,3}|2[AB])$/;

/** The numbers of the partitions that may hold what codes name; `97` stands for all of overseas, on either side. */
function partitionsOf({ layer: { partitions }, departement }: Search): number[] {
  return partitions.flatMap(({ id }, i) =>
    departement === null || !DEPARTEMENT.test(id) || id.startsWith(departement) || departement.startsWith(id)
      ? i
      : [],
  );
}

/** What is told of a question without a place by the name of its département. */
function coverageByName({ layer, departement }: Search, partitions: readonly number[]): Coverage {
  if (departement === null) return 'unknown';
  if (partitions.length === 0) return 'outside';
  return partitions.some((i) => DEPARTEMENT.test(layer.partitions[i]?.id ?? '')) ? 'inside' : 'unknown';
}

async function find(
  search: Search,
  combinations: readonly Combination[],
  directories: readonly Directory[],
  partitions: readonly number[],
): Promise<KeyAnswer> {
  const { filters, layer, name, shape } = search;
  const { ids, keys, pages, root } = layer.index;
  const uncut = (found: KeyAnswer['found']): KeyAnswer => ({ matched: null, isCut: false, found });
  const isId = ids?.fields.every((field) => combinations.every((values) => values.has(field)));
  if (ids !== null && isId === true) return uncut(byId(search, ids, combinations, directories));
  if (shape !== null) return uncut(byPlace(search, directories, shape.box));
  const isKey = combinations.every((values) => keys.fields.some((field) => values.has(field)));
  const isNarrow = isKey || partitions.length < layer.partitions.length || filters.length === 0;
  if (isNarrow || root === null) return byKey(search, combinations, partitions);
  refuseBeyond(search.scanBytes, [{ length: pages }], name);
  return uncut(byPlace(search, await directoriesIn(search, null), null));
}

/** The way to what is asked for, begun. */
export async function planOf(search: Search): Promise<Plan> {
  const { filters, shape } = search;
  let partitions = partitionsOf(search);
  let coverage = coverageByName(search, partitions);
  // No partition, or filters that contradict each other: nothing need be read.
  const combinations = partitions.length === 0 ? [] : combinationsOf(filters);
  const directories = shape === null || partitions.length === 0 ? [] : await directoriesIn(search, shape.box);
  const found =
    combinations.length === 0
      ? { matched: 0, isCut: true, found: nothing() }
      : await find(search, combinations, directories, partitions);
  if (shape !== null) {
    const box = boxToDegrees(shape.box);
    const near = directories
      .flatMap((directory) => directory.coverage)
      .filter((covered) => partitions.includes(covered.partition) && boxesMeet(covered.box, box));
    coverage = coverageOf(box, near.map((covered) => covered.box)); // prettier-ignore
    partitions = near.map(({ partition }) => partition);
  }
  return { ...found, coverage, partitions };
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* nothing(): AsyncGenerator<never> {
  yield* [];
}
