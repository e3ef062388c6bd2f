/**
 * The values that filters ask of fields, by which an index is looked up. Tests that name
 * no one value (`endsWith`) narrow nothing here; the filters themselves decide.
 */
import type { Value } from '../format/feature-values.ts';
import type { Filter, Test } from './filter.ts';

/** The value that each field must have, in one of the ways to pass all filters. */
export type Combination = ReadonlyMap<string, Value>;

/** `known` and what `tests` ask; none when they contradict each other. */
function joined(known: Combination, tests: readonly Test[]): Combination[] {
  const values = new Map(known);
  for (const test of tests) {
    if (!('equals' in test)) continue;
    if ((values.get(test.field) ?? test.equals) !== test.equals) return [];
    values.set(test.field, test.equals);
  }
  return [values];
}

/** Every way to pass all `filters`; none when nothing can. */
export function combinationsOf(filters: readonly Filter[]): Combination[] {
  return filters.reduce<Combination[]>(
    (combinations, { anyOf }) =>
      combinations.flatMap((known) => anyOf.flatMap((tests) => joined(known, tests))),
    [new Map()],
  );
}
