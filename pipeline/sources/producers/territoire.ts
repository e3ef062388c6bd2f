/** What is built: départements by their codes, or all of France. A code that is none is refused with what may be meant. */
import { nearest } from '../../../src/query/nearest.ts';
import { PipelineError } from '../../errors.ts';
import { DEPARTEMENTS, inOrder, isDepartement, nameOfDepartement } from './departements.ts';

export interface Territoire {
  /** For people: `Côte-d’Or, La Réunion`. */
  readonly name: string;
  /** Codes INSEE in order, or all that a producer announces. */
  readonly departements: readonly string[] | 'france';
}

/** `1`, `D021` and `2a` as they should be written; `null` for anything else. */
function respelt(code: string): string | null {
  const [, bare = ''] = /^d?0*([1-9]?\d\d|[1-9]|2[ab])$/i.exec(code) ?? [];
  const padded = bare.toUpperCase().padStart(2, '0');
  return isDepartement(padded) ? padded : null;
}

function suggestionFor(code: string): string {
  if (code === '20' || code === '020') return 'did you mean 2A or 2B?';
  if (code === '97') return 'did you mean 971, 972, 973, 974 or 976?';
  const names = Object.values(DEPARTEMENTS);
  const name = nearest(code, [...names, 'france']);
  const byName = Object.keys(DEPARTEMENTS).find((key) => DEPARTEMENTS[key] === name) ?? name;
  const suggestion = respelt(code) ?? byName;
  return suggestion === undefined
    ? 'a code such as 21, 2A or 974, a list of codes, or france is expected'
    : `did you mean ${suggestion}?`;
}

function checked(code: string): string {
  if (isDepartement(code)) return code;
  const what = `no département ${JSON.stringify(code)}; ${suggestionFor(code)}`;
  throw new PipelineError('BadTerritoire', what);
}

/**
 * `21`, `21,2A,974` or `france`.
 * @throws PipelineError `BadTerritoire` with what may have been meant.
 */
export function parseTerritoire(text: string): Territoire {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'france') return { name: 'France', departements: 'france' };
  const departements = inOrder(trimmed.split(',').map((code) => checked(code.trim())));
  return { name: departements.map(nameOfDepartement).join(', '), departements };
}
