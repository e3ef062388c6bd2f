/**
 * The communes of a postal code, from the table of its first two digits. Refuses to
 * take a table that is not published for a code that does not exist.
 */
import { CartoError } from '../errors.ts';
import type { PostalCodes } from '../format/catalogue.ts';
import { corrupt } from '../format/corrupt.ts';
import { crc32 } from '../format/crc32.ts';
import { parseJson } from '../format/parse-json.ts';
import { postalTablePath } from '../format/paths.ts';
import type { FileRef } from '../source/range.ts';
import type { Reads } from '../source/store.ts';
import { expected } from '../refusal.ts';

/** One row, with API Carto's names. */
export interface CommunePostale {
  readonly codePostal: string;
  readonly codeCommune: string;
  readonly nomCommune: string;
  readonly libelleAcheminement: string;
}

/** Metropolitan codes begin with as many pairs of digits. */
const WHOLE = 95;

/** By the first two digits of their codes. */
type Tables = Readonly<Record<string, readonly [length: number, hash: string, crc32: number]>>;

/** @throws CartoError `InvalidQuery` for what is no postal code. */
export function postalCode(value: unknown): string {
  if (typeof value === 'string' && /^\d{5}$/.test(value)) return value;
  return expected('a postal code of 5 digits', 'codePostal', value);
}

/**
 * The rows of `codePostal`, in the order of the source; none when there is no such code.
 * @throws CartoError `OutsideCoverage` when the tree does not tell.
 */
export async function communesOf(
  reads: Reads,
  tables: PostalCodes | null,
  codePostal: string,
): Promise<CommunePostale[]> {
  const digits = codePostal.slice(0, 2);
  const json = (file: FileRef, crc: number): Promise<unknown> =>
    reads.whole(file, (bytes, name) =>
      crc32(bytes) === crc ? parseJson(bytes, name) : corrupt(name, 'checksum'),
    );
  const known = tables ? ((await json(tables.file, tables.crc32)) as Tables) : {};
  const table = known[digits];
  if (table !== undefined) {
    const [length, hash, crc] = table;
    const rows = (await json({ path: postalTablePath(digits, hash), length }, crc)) as CommunePostale[];
    // Copies: the table is kept for the next who asks.
    return rows.flatMap((row) => (row.codePostal === codePostal ? { ...row } : []));
  }
  // A table of all départements is the whole one: what it lacks does not exist.
  if (Object.keys(known).length >= WHOLE) return [];
  const message = `${codePostal}: this tree holds no codes of ${digits}`;
  throw new CartoError('OutsideCoverage', message, { codePostal });
}
