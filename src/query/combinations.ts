/**
 * The values that filters ask of fields, by which an index is looked up. Tests that name
 * no one value (`endsWith`) narrow nothing here; the filters themselves decide.
 */
import type { Value } from '../format/feature-values.ts';
import type { Filter } from './filter.ts';

/** The value that each field must have, in one of the ways to pass all filters. */
export type Combination = ReadonlyMap<string, Value>;

/** Every way to pass all `filters`; none when they contradict each other. */
export function combinationsOf(filters: readonly Filter[]): Combination[] {
  let combinations: Combination[] = [new Map()];
  for (const { anyOf } of filters) {
    combinations = combinations.flatMap((known) =>
      anyOf.flatMap((tests) => {
        const values = new Map(known);
        for (const test of tests) if ('equals' in test) values.set(test.field, test.equals);
        return [...known].every(([field, value]) => values.get(field) === value) ? values : [];
      }),
    );
  }
  return combinations;
}
