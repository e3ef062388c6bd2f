/** The order of sorted keys, and which leaves of them may hold a combination of values. */
import type { Value } from '../format/feature-values.ts';
import type { Combination } from './combinations.ts';

/** A text that sorts as the values in files do: null first, then by their bytes in UTF-8. */
function rankOf(value: Value = null): string {
  return value === null ? '' : `+${String.fromCharCode(...new TextEncoder().encode(String(value)))}`;
}

/** Compares the first of `keys` with `prefix`: 0 when they are the same. */
function compare(keys: readonly Value[], prefix: readonly string[]): number {
  const i = prefix.findIndex((rank, at) => rank !== rankOf(keys[at]));
  return i < 0 ? 0 : rankOf(keys[i]) < (prefix[i] ?? '') ? -1 : 1;
}

/** Whether keys from `first` to `next`, to the end where that is missing, may have the `values` of `fields`. */
export function mayHold(
  values: Combination,
  fields: readonly string[],
  first: readonly Value[],
  next: readonly Value[] | undefined,
): boolean {
  const end = fields.findIndex((field) => !values.has(field));
  const prefix = fields.slice(0, end < 0 ? fields.length : end).map((field) => rankOf(values.get(field)));
  return compare(first, prefix) <= 0 && (next === undefined || compare(next, prefix) >= 0);
}

/** Whether `keys` have the `values` of `fields`, as far as these are known. */
export function holds(values: Combination, fields: readonly string[], keys: readonly Value[]): boolean {
  return fields.every((field, i) => !values.has(field) || values.get(field) === keys[i]);
}
