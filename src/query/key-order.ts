/** The order of sorted keys, and which of them a combination of values may have. */
import type { Value } from '../format/feature-values.ts';
import type { Combination } from './combinations.ts';

/** Letters that sort otherwise in UTF-16, as texts here are compared, than in UTF-8, as files are sorted. */
const OTHERWISE = /[\uD800-\uFFFF]/;

/** A text that sorts as keys in files do: value by value, null first; `a` before `a\0` before `ab`. */
function rankOf(keys: readonly (Value | undefined)[]): string {
  const rank = (value: Value): string => (value === null ? '' : `+${value}`.replaceAll('\0', '\0\uFFFF'));
  return keys.map((value = null) => rank(value)).join('\0');
}

/** Whether keys from `first` to `next`, to the end where that is missing, may have the `values` of `fields`. */
export function mayHold(
  values: Combination,
  fields: readonly string[],
  first: readonly Value[],
  next: readonly Value[] | undefined,
): boolean {
  const end = fields.findIndex((field) => !values.has(field));
  const known = fields.slice(0, end < 0 ? fields.length : end);
  const rank = rankOf(known.map((field) => values.get(field)));
  if (OTHERWISE.test(rank)) return true;
  const isBefore = rankOf(first.slice(0, known.length)) <= rank;
  return isBefore && (next === undefined || rankOf(next.slice(0, known.length)) >= rank);
}

/** Whether `keys` have the `values` of `fields`, as far as these are known. */
export function holds(values: Combination, fields: readonly string[], keys: readonly Value[]): boolean {
  return fields.every((field, i) => !values.has(field) || values.get(field) === keys[i]);
}
