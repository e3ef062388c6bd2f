/**
 * Paris, Lyon and Marseille. Parcels, sheets and divisions carry the parent commune and
 * the arrondissement apart (75056 and 107); the commune layer has the arrondissements
 * (75107) and not the parent. Either code is understood in both.
 */

interface Parent {
  /** The INSEE code of the whole commune. */
  readonly codeInsee: string;
  /** Codes of the arrondissements, first and last. */
  readonly first: number;
  readonly last: number;
}

const PARENTS: readonly Parent[] = [
  { codeInsee: '75056', first: 75101, last: 75120 },
  { codeInsee: '69123', first: 69381, last: 69389 },
  { codeInsee: '13055', first: 13201, last: 13216 },
];

/** The commune of which `codeInsee` is an arrondissement. */
export function parentOf(codeInsee: string): string | undefined {
  const code = Number(codeInsee);
  return PARENTS.find(({ first, last }) => code >= first && code <= last)?.codeInsee;
}

/** The codes of the arrondissements of `codeInsee`; none for any other commune. */
export function arrondissementsOf(codeInsee: string): string[] {
  const parent = PARENTS.find((candidate) => candidate.codeInsee === codeInsee);
  if (parent === undefined) return [];
  return Array.from({ length: parent.last - parent.first + 1 }, (_, i) => String(parent.first + i));
}
