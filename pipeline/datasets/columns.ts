/**
 * The columns that producers' tables are known to have, generation by generation, and how the
 * columns of a file differ from them: missing, new, of another type. A difference is no error by
 * itself; the lack of a column without which nothing can be read is (`MemberRule.required`).
 */

/** What a column holds; `any` where producers write it in several ways. */
export type ColumnKind = 'text' | 'number' | 'date' | 'any';

export type Columns = ReadonlyMap<string, ColumnKind>;

export interface Generation {
  readonly name: string;
  readonly columns: Columns;
}

export interface Schema {
  /** Those that a producer has published, the newest first. */
  readonly generations: readonly Generation[];
  /** Columns that may be there or not. */
  readonly optional: Columns;
}

/** Columns from a compact list: `insee feuille:number updated:date`; without a kind, a text. */
export function columns(list: string): Columns {
  const items = list
    .trim()
    .split(/\s+/)
    .filter((item) => item !== '');
  return new Map(
    items.map((item) => {
      const [name = '', kind = 'text'] = item.split(':');
      if (!isKind(kind)) throw new Error(`unknown kind of column ${kind}`);
      return [name, kind];
    }),
  );
}

function isKind(kind: string): kind is ColumnKind {
  return ['text', 'number', 'date', 'any'].includes(kind);
}

/** A schema from its generations by name, the newest first. */
export function schema(generations: Readonly<Record<string, string>>, optional = ''): Schema {
  return {
    generations: Object.entries(generations).map(([name, list]) => ({ name, columns: columns(list) })),
    optional: columns(optional),
  };
}

export interface Retyped {
  readonly column: string;
  readonly expected: ColumnKind;
  readonly found: ColumnKind;
}

/** How a file's columns differ from the generation that they are nearest to. */
export interface Drift {
  readonly generation: string;
  readonly missing: readonly string[];
  readonly added: readonly string[];
  readonly retyped: readonly Retyped[];
}

function missingOf(found: Columns, generation: Generation): string[] {
  return [...generation.columns.keys()].filter((name) => !found.has(name));
}

/** The one of which the file has the most and lacks the least; of two alike the newer one. */
function nearest(found: Columns, generations: readonly Generation[]): Generation {
  const distance = (generation: Generation): number => {
    const shared = [...found.keys()].filter((name) => generation.columns.has(name)).length;
    return missingOf(found, generation).length - shared;
  };
  const [first, ...others] = generations;
  if (first === undefined) throw new Error('a schema without a generation');
  return others.reduce((best, other) => (distance(other) < distance(best) ? other : best), first);
}

/** The differences between `found` and `expected`; empty lists where there are none. */
export function driftOf(found: Columns, expected: Schema): Drift {
  const generation = nearest(found, expected.generations);
  const all = [generation, ...expected.generations].flatMap(({ columns: own }) => [...own]);
  // Its own generation's word on a column counts, and comes last.
  const known = new Map([...all.reverse(), ...expected.optional, ...generation.columns]);
  const retyped = [...found].flatMap(([column, kind]): Retyped[] => {
    const wanted = known.get(column) ?? 'any';
    return wanted === 'any' || kind === 'any' || wanted === kind
      ? []
      : [{ column, expected: wanted, found: kind }];
  });
  return {
    generation: generation.name,
    missing: missingOf(found, generation),
    added: [...found.keys()].filter((name) => !known.has(name)),
    retyped,
  };
}

/** A difference in words: `2023: without cvi; new signe2; insee a number, not a text`. */
export function describeDrift({ generation, missing, added, retyped }: Drift): string | null {
  const parts = [
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
    ...(added.length > 0 ? [`new ${added.join(', ')}`] : []),
    ...retyped.map(
      ({ column, expected, found }) => `${column} of type ${found} where ${expected} is expected`,
    ),
  ];
  return parts.length === 0 ? null : `columns of ${generation}: ${parts.join('; ')}`;
}
