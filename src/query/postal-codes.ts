/**
 * The communes of a postal code, from the table of its first two digits. Refuses to
 * take a table that is not published for a code that does not exist.
 */
import { CartoError } from '../errors.ts';
import type { Layer, PublishedFile } from '../format/catalogue.ts';
import { list, member, text } from '../format/checks.ts';
import { parseJson } from '../format/parse-json.ts';
import type { TreeSource } from '../source/range.ts';
import { wrongForm } from './refusal.ts';

/** One row, with API Carto's names. */
export interface CommunePostale {
  readonly codePostal: string;
  readonly codeCommune: string;
  readonly nomCommune: string;
  readonly libelleAcheminement: string;
}

function communePostale(value: unknown, path: string): CommunePostale {
  return {
    codePostal: member(value, path, 'codePostal', text),
    codeCommune: member(value, path, 'codeCommune', text),
    nomCommune: member(value, path, 'nomCommune', text),
    libelleAcheminement: member(value, path, 'libelleAcheminement', text),
  };
}

/** The first two digits of metropolitan codes. */
const METROPOLITAN = Array.from({ length: 95 }, (_, i) => String(i + 1).padStart(2, '0'));

/** A table that has all of them is the whole one: what it lacks does not exist. */
function isWhole(layer: Layer): boolean {
  const published = new Set(layer.partitions.map(({ id }) => id));
  return METROPOLITAN.every((digits) => published.has(digits));
}

/** Browsers offer it on secure pages only; elsewhere the length must do. */
async function sha256(bytes: Uint8Array): Promise<string | null> {
  if (!('subtle' in crypto)) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function readTable(
  tree: TreeSource,
  file: PublishedFile,
  signal: AbortSignal | undefined,
): Promise<readonly CommunePostale[]> {
  const bytes = await tree.whole(file.path, signal);
  const { name } = tree.open(file.path, file.length);
  const rows = parseJson(bytes, name);
  const digest = await sha256(bytes);
  if (bytes.length !== file.length || (digest !== null && digest !== file.sha256)) {
    const message = `${name}: expected ${file.length} bytes of sha256 ${file.sha256}, found ${bytes.length} others`;
    throw new CartoError('NotOurFile', message, { file: name });
  }
  return list(communePostale)(rows, `${name}#`);
}

/**
 * The rows of `codePostal`, in the order of the source; none when there is no such code.
 * @throws CartoError `InvalidQuery`; `OutsideCoverage` when the tree does not tell.
 */
export async function communesOf(
  tree: TreeSource,
  layer: Layer,
  codePostal: unknown,
  signal: AbortSignal | undefined,
): Promise<CommunePostale[]> {
  if (typeof codePostal !== 'string' || !/^\d{5}$/.test(codePostal)) {
    throw wrongForm('codePostal', 'a postal code of 5 digits', codePostal);
  }
  const partition = layer.partitions.find(({ id }) => id === codePostal.slice(0, 2));
  if (partition === undefined) {
    if (isWhole(layer)) return [];
    const message = `${codePostal}: ${tree.base} holds no postal codes that begin with ${codePostal.slice(0, 2)}`;
    throw new CartoError('OutsideCoverage', message, { codePostal });
  }
  const rows = await readTable(tree, partition.file, signal);
  return rows.filter((row) => row.codePostal === codePostal);
}
