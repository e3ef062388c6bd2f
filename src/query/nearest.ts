/** What somebody may have meant: the known names nearest to an unknown one. */

/** `codeInsee`, `code-insee` and `code_insee` are one name to whoever types it. */
function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The number of characters to insert, delete or replace to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whatever is longer is no misspelling, and would take its square in time. */
const LONGEST_NAME = 64;

function distance(unknown: string, known: string): number {
  const [a, b] = [simplify(unknown), simplify(known)];
  if (a === b) return 0;
  // `dep` is nearer to `code_dep` than to `geom`: whoever writes it left something out.
  const edits = editDistance(a, b);
  return a.length >= 3 && b.includes(a) ? Math.min(edits, 1) : edits;
}

/** `known` from the nearest to `unknown` to the farthest; equally near ones keep their order. */
export function byNearness(unknown: string, known: Iterable<string>): string[] {
  const name = unknown.slice(0, LONGEST_NAME);
  return Array.from(known, (candidate) => ({ candidate, edits: distance(name, candidate) }))
    .sort((a, b) => a.edits - b.edits)
    .map(({ candidate }) => candidate);
}

/** The known name that `unknown` may be a misspelling of. */
export function nearest(unknown: string, known: Iterable<string>): string | undefined {
  const name = unknown.slice(0, LONGEST_NAME);
  const [candidate] = byNearness(name, known);
  if (candidate === undefined) return undefined;
  return distance(name, candidate) <= Math.max(1, name.length / 3) ? candidate : undefined;
}
