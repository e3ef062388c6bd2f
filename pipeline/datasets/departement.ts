/** The département of a source of the cadastre: each covers one, and its entry names it. */
import { Reject } from '../normalise/reject.ts';
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

/** Saint-Barthélemy and Saint-Martin, which older files have in Guadeloupe's. */
const WITHIN: Readonly<Record<string, readonly string[]>> = { '971': ['971', '977', '978'] };

/** @throws Reject when the commune of a row lies in another département than its source. */
export function assertDepartement(codeInsee: string, source: Source): void {
  const departement = departementOf(source);
  if ((WITHIN[departement] ?? [departement]).some((code) => codeInsee.startsWith(code))) return;
  throw new Reject(`commune ${codeInsee} is not of département ${departement}`);
}
