/**
 * Chooses how to find what a question asks for: a place by the pages of the leaves that it
 * meets, else an exact key by its bucket, else values of keys by their leaves, else all
 * there is. Refuses to read all there is when that passes the ceiling.
 */
import { boxesMeet, boxToDegrees } from '../geometry/lattice.ts';
import { byKey, type KeyAnswer } from './by-key.ts';
import { combinationsOf } from './combinations.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import { idKey, idPages } from './id-pages.ts';
import { inPages, readDirectories, visitsIn } from './pages.ts';
import { refuseBeyond } from './refusal.ts';
import type { Search } from './search.ts';

export interface Plan extends KeyAnswer {
  readonly coverage: Coverage;
  /** The numbers of the partitions that the question concerns. */
  readonly partitions: readonly number[];
}

/** `21`, `2A`, `974`: what partitions are called when each is a département. */
const DEPARTEMENT = /^(\d{2,3}|2[AB])$/;

/** The way to what is asked for, begun. */
export async function planOf(search: Search): Promise<Plan> {
  const { filters, layer, shape, departement, name } = search;
  const { ids, keys, pages, root } = layer.index;
  // `97` stands for all of overseas, on either side.
  const isNamed = (id: string): boolean =>
    departement === null || !DEPARTEMENT.test(id) || id.startsWith(departement) || departement.startsWith(id);
  const partitions = layer.partitions.flatMap(({ id }, i) => (isNamed(id) ? i : []));
  const all = combinationsOf(filters);
  // Nothing need be read where no partition is; but a feature may contradict its own `idu`.
  const isNowhere = partitions.length === 0 && !all.some((values) => values.has('idu'));
  const combinations = isNowhere ? [] : all;
  const directories = shape && !isNowhere ? await readDirectories(search) : [];

  const find = async (): Promise<KeyAnswer> => {
    const have = (field: string): boolean => combinations.every((values) => values.has(field));
    const found = (visits: Parameters<typeof inPages>[1]): KeyAnswer => ({
      ...{ matched: null, isCut: false },
      found: inPages(search, visits),
    });
    if (combinations.length === 0) return found([]);
    if (shape !== null) return found(visitsIn(search, directories));
    if (ids) {
      const idKeys = combinations.flatMap((values) => idKey(ids, values) ?? []);
      if (idKeys.length === combinations.length) return found(await idPages(search, ids, idKeys));
    }
    const isNarrow = keys.fields.some(have) || partitions.length < layer.partitions.length;
    if (isNarrow || filters.length === 0 || root === null) return byKey(search, combinations, partitions);
    refuseBeyond(search.scanBytes, [{ length: pages }], name);
    return found(visitsIn(search, await readDirectories(search)));
  };

  const answer = await find();
  if (shape === null) {
    const isDepartement = partitions.some((i) => DEPARTEMENT.test(layer.partitions[i]?.id ?? ''));
    const coverage = partitions.length === 0 ? 'outside' : isDepartement ? 'inside' : 'unknown';
    return { ...answer, coverage: departement === null ? 'unknown' : coverage, partitions };
  }
  const box = boxToDegrees(shape.box);
  const near = directories
    .flatMap(({ coverage }) => coverage)
    .filter((covered) => partitions.includes(covered.partition) && boxesMeet(covered.box, box));
  const coverage = coverageOf(box, near.map((covered) => covered.box)); // prettier-ignore
  return { ...answer, coverage, partitions: near.map(({ partition }) => partition) };
}
