/**
 * Paris, Lyon and Marseille. Parcels, sheets and divisions carry the parent commune and
 * the arrondissement apart (75056 and 107); the commune layer has the arrondissements
 * (75107) and not the parent. Either code is understood in both.
 */

/** The INSEE code of the whole commune, those of its first and of its last arrondissement. */
const PARENTS = [
  [75056, 75101, 75120],
  [69123, 69381, 69389],
  [13055, 13201, 13216],
] as const;

/** The commune of which `codeInsee` is an arrondissement. */
export function parentOf(codeInsee: string): string | undefined {
  return PARENTS.find(([, first, last]) => +codeInsee >= first && +codeInsee <= last)?.[0].toString();
}

/** The codes of the arrondissements of `codeInsee`; none for any other commune. */
export function arrondissementsOf(codeInsee: string): string[] {
  const [, first = 0, last = -1] = PARENTS.find(([parent]) => +codeInsee === parent) ?? [];
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
}
