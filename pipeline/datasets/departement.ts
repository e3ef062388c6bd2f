/** The département of a source of the cadastre: each covers one, and its entry names it. */
import type { Source } from '../sources/sources-file.ts';

/** `21`, `2A` or `974`. */
export function departementOf(source: Source): string {
  if ('departement' in source) return source.departement;
  throw new Error(`${source.format} is no format of the cadastre`);
}

/** As the cadastre writes it, in two characters: `97` overseas. */
export function codeDepOf(source: Source): string {
  return departementOf(source).slice(0, 2);
}
