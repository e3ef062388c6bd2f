/** The order of sorted keys, and which leaves of them may hold a combination of values. */
import type { Value } from '../format/feature-values.ts';
import type { KeyLeafRef } from '../format/key-leaves.ts';
import type { Combination } from './combinations.ts';

/** As files are sorted: null first, then texts by their bytes in UTF-8, which is by code points. */
function compareValues(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  const [these, those] = [a, b].map((value) => Array.from(String(value), (letter) => letter.codePointAt(0)));
  const i = these?.findIndex((letter, at) => letter !== those?.[at]) ?? -1;
  if (i < 0) return (these?.length ?? 0) - (those?.length ?? 0);
  return (these?.[i] ?? 0) - (those?.[i] ?? -1);
}

/** Compares the first of `keys` with `prefix`: 0 when they are the same. */
function compareWithPrefix(keys: readonly Value[], prefix: readonly Value[]): number {
  for (const [i, value] of prefix.entries()) {
    const order = compareValues(keys[i] ?? null, value);
    if (order !== 0) return order;
  }
  return 0;
}

/** The values of the first of `fields`, as far as all are known. */
function prefixOf(values: Combination, fields: readonly string[]): Value[] {
  const end = fields.findIndex((field) => !values.has(field));
  return fields.slice(0, end < 0 ? fields.length : end).map((field) => values.get(field) ?? null);
}

/** Tells of a leaf, and of the one after it in its partition, whether it may hold any of `combinations`. */
export function leafTest(
  combinations: readonly Combination[],
  fields: readonly string[],
): (leaf: KeyLeafRef, next: KeyLeafRef | undefined) => boolean {
  const prefixes = combinations.map((values) => prefixOf(values, fields));
  return (leaf, next) =>
    prefixes.some(
      (prefix) =>
        compareWithPrefix(leaf.first, prefix) <= 0 &&
        (next === undefined || compareWithPrefix(next.first, prefix) >= 0),
    );
}

/** Tells whether keys are those of any of `combinations`. */
export function keyTest(
  combinations: readonly Combination[],
  fields: readonly string[],
): (keys: readonly Value[]) => boolean {
  const wanted = combinations.map((values) => fields.map((field) => values.get(field)));
  return (keys) =>
    wanted.some((values) => values.every((value, i) => value === undefined || value === keys[i]));
}
