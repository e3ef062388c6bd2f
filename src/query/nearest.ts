/** What somebody may have meant: the known names nearest to an unknown one. */

/** Pairs of neighbouring letters: `codeInsee`, `code-insee` and `code_insee` have the same. */
function pairsOf(name: string): Set<string> {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return new Set(Array.from(letters, (letter, i) => (letters[i - 1] ?? '') + letter));
}

/** The share of their pairs that two names have in common: 0 to 1. */
function likeness(a: Set<string>, b: Set<string>): number {
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size || 1);
}

/** `known` from the nearest to `unknown` to the farthest; equally near ones keep their order. */
export function byNearness(unknown: string, known: readonly string[]): string[] {
  const pairs = pairsOf(unknown);
  return known
    .map((name) => [name, likeness(pairs, pairsOf(name))] as const)
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => name);
}

/** The known name that `unknown` may be a misspelling of. */
export function nearest(unknown: string, known: readonly string[]): string | undefined {
  const [name = ''] = byNearness(unknown, known);
  return likeness(pairsOf(unknown), pairsOf(name)) >= 0.4 ? name : undefined;
}
