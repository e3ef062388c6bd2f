/**
 * What the attributes of a feature must be. Kept as data, not as functions: an index
 * by name can read from it which keys to look up.
 */
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

/** Gives the value of a field. */
export type Lookup = (field: string) => Value;

function holds(test: Test, lookup: Lookup): boolean {
  const value = lookup(test.field);
  if ('equals' in test) return value === test.equals;
  return typeof value === 'string' && value.endsWith(test.endsWith);
}

/** Whether a feature passes all `filters`. */
export function passes(filters: readonly Filter[], lookup: Lookup): boolean {
  return filters.every(({ anyOf }) => anyOf.some((tests) => tests.every((test) => holds(test, lookup))));
}
