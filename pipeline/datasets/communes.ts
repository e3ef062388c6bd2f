/**
 * What is known of communes beyond a source's own columns: names for producers who
 * give codes only, and the parents of the arrondissements of Paris, Lyon and Marseille.
 */
import { readNpmTable } from './npm-codes-postaux.ts';

interface Parent {
  readonly codeInsee: string;
  readonly nom: string;
  readonly isArrondissement: RegExp;
}

const PARENTS: readonly Parent[] = [
  { codeInsee: '75056', nom: 'Paris', isArrondissement: /^751(0[1-9]|1\d|20)$/ },
  { codeInsee: '69123', nom: 'Lyon', isArrondissement: /^6938[1-9]$/ },
  { codeInsee: '13055', nom: 'Marseille', isArrondissement: /^132(0[1-9]|1[0-6])$/ },
];

/** A commune as the cadastre writes it: arrondissements under their parent. */
export interface CadastralCommune {
  /** Two characters: `97` overseas. */
  readonly code_dep: string;
  readonly code_com: string;
  readonly code_insee: string;
  /** `000` where there is no arrondissement. */
  readonly code_arr: string;
  /** `null` when no table names the commune. */
  readonly nom_com: string | null;
}

let names: ReadonlyMap<string, string> | undefined;

/** The commune's name in the postal code table of the npm package, `null` when it has none. */
function nameOf(codeInsee: string): string | null {
  names ??= new Map(readNpmTable().map((row) => [row.codeCommune, row.nomCommune]));
  return names.get(codeInsee) ?? null;
}

/** Splits a code INSEE, of an arrondissement too: `75118` is `75` `056` with `code_arr` `118`. */
export function cadastralCommune(codeInsee: string): CadastralCommune {
  const parent = PARENTS.find(({ isArrondissement }) => isArrondissement.test(codeInsee));
  const code = parent?.codeInsee ?? codeInsee;
  return {
    code_dep: code.slice(0, 2),
    code_com: code.slice(2),
    code_insee: code,
    code_arr: parent === undefined ? '000' : codeInsee.slice(2),
    nom_com: parent?.nom ?? nameOf(codeInsee),
  };
}
