/**
 * What the attributes of a feature must be. Kept as data, not as functions: an index
 * by name can read from it which keys to look up.
 */
import type { Field } from '../format/catalogue.ts';
import type { Value } from '../format/feature-values.ts';

export type Test =
  | { readonly field: string; readonly equals: NonNullable<Value> }
  | { readonly field: string; readonly endsWith: string };

/** Holds when all tests of any one alternative do. */
export interface Filter {
  /** The parameter that asked for it. */
  readonly parameter: string;
  readonly anyOf: readonly (readonly Test[])[];
}

function holds(test: Test, value: Value): boolean {
  if ('equals' in test) return value === test.equals;
  return typeof value === 'string' && value.endsWith(test.endsWith);
}

/** Tells whether a feature of `fields` passes all `filters`. */
export function testOf(
  filters: readonly Filter[],
  fields: readonly Field[],
): (feature: { readonly values: readonly Value[] }) => boolean {
  const columns = new Map(fields.map(({ name }, i) => [name, i]));
  return ({ values }) =>
    filters.every(({ anyOf }) =>
      anyOf.some((tests) =>
        tests.every((test) => holds(test, values[columns.get(test.field) ?? -1] ?? null)),
      ),
    );
}
