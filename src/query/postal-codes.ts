/**
 * The communes of a postal code, from the table of its first two digits. Refuses to
 * take a table that is not published for a code that does not exist.
 */
import { CartoError } from '../errors.ts';
import type { PostalCodes } from '../format/catalogue.ts';
import { count, dictionary, list, member, refuse, text, textLike } from '../format/checks.ts';
import type { Check } from '../format/checks.ts';
import { parseJson } from '../format/parse-json.ts';
import { postalTablePath } from '../format/paths.ts';
import type { Reads } from '../source/store.ts';
import { wrongForm } from './refusal.ts';

/** One row, with API Carto's names. */
export interface CommunePostale {
  readonly codePostal: string;
  readonly codeCommune: string;
  readonly nomCommune: string;
  readonly libelleAcheminement: string;
}

const communePostale: Check<CommunePostale> = (value, path) => ({
  codePostal: member(value, path, 'codePostal', text),
  codeCommune: member(value, path, 'codeCommune', text),
  nomCommune: member(value, path, 'nomCommune', text),
  libelleAcheminement: member(value, path, 'libelleAcheminement', text),
});

interface Table {
  readonly length: number;
  readonly sha256: string;
}

const sha256 = textLike(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');

/** `[length, sha256]`. */
const table: Check<Table> = (value, at) => {
  const [length, hash] = Array.isArray(value) ? (value as unknown[]) : refuse('a table', value, at);
  return { length: count(length, at), sha256: sha256(hash, at) };
};

function decoder<T>(check: Check<T>): (bytes: Uint8Array, name: string) => T {
  return (bytes, name) => check(parseJson(bytes, name), `${name}#`);
}

/** The first two digits of metropolitan codes. */
const METROPOLITAN = Array.from({ length: 95 }, (_, i) => String(i + 1).padStart(2, '0'));

/** @throws CartoError `InvalidQuery` for what is no postal code. */
export function postalCode(value: unknown): string {
  if (typeof value === 'string' && /^\d{5}$/.test(value)) return value;
  throw wrongForm('codePostal', 'a postal code of 5 digits', value);
}

/**
 * The rows of `codePostal`, in the order of the source; none when there is no such code.
 * @throws CartoError `OutsideCoverage` when the tree does not tell.
 */
export async function communesOf(
  reads: Reads,
  { file }: PostalCodes,
  codePostal: string,
): Promise<CommunePostale[]> {
  const tables = await reads.whole(file, decoder(dictionary(table)));
  const digits = codePostal.slice(0, 2);
  const own = Object.hasOwn(tables, digits) ? tables[digits] : undefined;
  if (own !== undefined) {
    const whole = { ...own, path: postalTablePath(digits, own.sha256) };
    const rows = await reads.whole(whole, decoder(list(communePostale)));
    return rows.filter((row) => row.codePostal === codePostal);
  }
  // A table that has all of these is the whole one: what it lacks does not exist.
  if (METROPOLITAN.every((known) => Object.hasOwn(tables, known))) return [];
  const message = `${codePostal}: this tree holds no postal codes that begin with ${digits}`;
  throw new CartoError('OutsideCoverage', message, { codePostal });
}
