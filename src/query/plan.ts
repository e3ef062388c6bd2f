/**
 * Chooses how to find what a question asks for: an exact key by its bucket, else a place
 * by the pages, else values of keys by their leaves, else all there is. Refuses to read
 * all there is when that passes the ceiling.
 */
import type { Layer } from '../format/catalogue.ts';
import type { Directory } from '../format/directory.ts';
import { boxesMeet, boxToDegrees } from '../geometry/lattice.ts';
import { byId } from './by-id.ts';
import { byKey, type KeyAnswer } from './by-key.ts';
import { byPlace, directoriesIn } from './by-place.ts';
import { combinationsOf, haveAll, type Combination } from './combinations.ts';
import { coverageByName, coverageOf, mayHold, type Coverage } from './coverage.ts';
import { refuseBeyond } from './refusal.ts';
import type { Search } from './search.ts';

export interface Plan extends KeyAnswer {
  readonly coverage: Coverage;
  /** The numbers of the partitions that the question concerns. */
  readonly partitions: readonly number[];
}

/** The numbers of the partitions that may hold what codes name. */
function named(layer: Layer, departement: string | null): number[] {
  return [...layer.partitions.keys()].filter((i) => mayHold(layer.partitions[i]?.id ?? '', departement));
}

/** What the partitions of `numbers` cover of the question's box. */
function placed(
  { question: { shape } }: Search,
  directories: readonly Directory[],
  numbers: readonly number[],
): Pick<Plan, 'coverage' | 'partitions'> {
  const box = boxToDegrees(shape?.box ?? [0, 0, 0, 0]);
  const own = directories
    .flatMap(({ coverage }) => coverage)
    .filter(({ partition, ...covered }) => numbers.includes(partition) && boxesMeet(covered.box, box));
  const met = new Set(own.map(({ partition }) => partition));
  return {
    coverage: coverageOf(
      box,
      own.map((covered) => covered.box),
    ),
    partitions: numbers.filter((number) => met.has(number)),
  };
}

async function find(
  search: Search,
  combinations: readonly Combination[],
  directories: readonly Directory[],
  partitions: readonly number[],
): Promise<KeyAnswer> {
  const { asked, question, place } = search;
  const { index, partitions: all } = asked.layer;
  const uncut = (found: KeyAnswer['found']): KeyAnswer => ({ matched: null, isCut: false, found });
  if (index.ids !== null && haveAll(combinations, index.ids.fields)) {
    return uncut(byId(search, index.ids, combinations, directories));
  }
  if (place !== null) return uncut(byPlace(search, directories, question.shape?.box ?? null));
  const isKey = combinations.every((values) => index.keys.fields.some((field) => values.has(field)));
  const isNarrow = isKey || partitions.length < all.length || question.filters.length === 0;
  if (isNarrow || index.root === null) return byKey(search, combinations, partitions);
  refuseBeyond(question.scanBytes, index.pages, asked.name);
  return uncut(byPlace(search, await directoriesIn(search, null), null));
}

/** The way to what is asked for, begun. */
export async function planOf(search: Search): Promise<Plan> {
  const { asked, question, place } = search;
  const partitions = named(asked.layer, question.departement);
  const combinations = combinationsOf(question.filters);
  // No partition, or filters that contradict each other: nothing is read.
  const directories =
    place === null || partitions.length === 0 ? [] : await directoriesIn(search, question.shape?.box ?? null);
  const where =
    place === null
      ? { coverage: coverageByName(asked.layer.partitions, partitions, question.departement), partitions }
      : placed(search, directories, partitions);
  if (partitions.length === 0 || combinations.length === 0) {
    return { ...where, matched: 0, isCut: true, found: nothing() };
  }
  return { ...where, ...(await find(search, combinations, directories, partitions)) };
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* nothing(): AsyncGenerator<never> {
  yield* [];
}
