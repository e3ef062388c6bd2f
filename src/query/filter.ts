/**
 * What the attributes of a feature must be. Kept as data, not as functions: an index
 * by name can read from it which keys to look up.
 */
import type { Value } from '../format/feature-values.ts';
import type { Search } from './search.ts';

export type Test =
  | { readonly field: string; readonly equals: NonNullable<Value> }
  | { readonly field: string; readonly endsWith: string };

/** Holds when all tests of any one alternative do. */
export interface Filter {
  readonly anyOf: readonly (readonly Test[])[];
}

/** Tells whether a feature of the layer passes all filters of the question. */
export function testOf({
  filters,
  layer: { fields },
}: Search): (feature: { readonly values: readonly Value[] }) => boolean {
  const columns = new Map(fields.map(({ name }, i) => [name, i]));
  return ({ values }) =>
    filters.every(({ anyOf }) =>
      anyOf.some((tests) =>
        tests.every((test) => {
          const value = values[columns.get(test.field) ?? -1];
          return 'equals' in test ? value === test.equals : String(value).endsWith(test.endsWith);
        }),
      ),
    );
}
