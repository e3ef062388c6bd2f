/**
 * Postal codes as small files, one for each first two digits, and the list of them:
 * `{"29":[length,"<hash16>",crc32],…}`. A lookup reads the list and one of them.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provenance } from '../../src/format/catalogue.ts';
import { crc32 } from '../../src/format/crc32.ts';
import type { ManifestLayer, ManifestPartition, ValueCounts } from '../../src/format/manifest.ts';
import {
  CODES_POSTAUX_LAYER,
  codesPostauxFields,
  codesPostauxProvenance,
} from '../datasets/codes-postaux.ts';
import type { CommuneOfCodePostal } from '../datasets/npm-codes-postaux.ts';
import { PipelineError } from '../errors.ts';
import { valuesOf } from '../normalise/value-tally.ts';
import { describeFile, type Candidate } from '../publish/named.ts';
import type { Sources } from '../sources/sources-file.ts';
import { sha256Of } from './fingerprint.ts';
import { isTable, type TableSource } from './normalised.ts';
import type { StepStore } from './steps.ts';

interface Prefix {
  readonly id: string;
  readonly rows: number;
  readonly values: ValueCounts;
  readonly length: number;
  readonly sha256: string;
  readonly crc32: number;
}

interface Cut {
  readonly prefixes: readonly Prefix[];
  /** Of the list. */
  readonly sha256: string;
  readonly crc32: number;
}

const LIST = 'list.json';

function groupByPrefix(rows: readonly CommuneOfCodePostal[]): Map<string, CommuneOfCodePostal[]> {
  const groups = new Map<string, CommuneOfCodePostal[]>();
  for (const row of rows) {
    const prefix = row.codePostal.slice(0, 2);
    const group = groups.get(prefix) ?? [];
    group.push(row);
    groups.set(prefix, group);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** By which tools name and verify a file, and by which readers check it. */
function checksumsOf(text: string): { readonly sha256: string; readonly crc32: number } {
  return { sha256: sha256Of(text), crc32: crc32(Buffer.from(text)) };
}

function writePrefix(id: string, rows: readonly CommuneOfCodePostal[], folder: string): Prefix {
  const text = JSON.stringify(rows);
  writeFileSync(join(folder, `${id}.json`), text);
  const values = valuesOf(rows, codesPostauxFields);
  return { id, rows: rows.length, values, length: Buffer.byteLength(text), ...checksumsOf(text) };
}

function writeTables(rows: readonly CommuneOfCodePostal[], folder: string): Cut {
  const prefixes = [...groupByPrefix(rows)].map(([id, group]) => writePrefix(id, group, folder));
  const entries = prefixes.map(
    ({ id, length, sha256, crc32: crc }) => [id, [length, sha256.slice(0, 16), crc]] as const,
  );
  const list = JSON.stringify(Object.fromEntries(entries));
  writeFileSync(join(folder, LIST), list);
  return { prefixes, ...checksumsOf(list) };
}

/**
 * Which table of postal codes answers: the one asked for, else API Carto's own where it is among the
 * sources. The others are built and reported, so that a switch holds no surprise.
 */
export function servedFormat(
  sources: Sources,
  options: { readonly sources: unknown; readonly codesPostaux?: 'npm' | 'laposte' },
): 'npm' | 'laposte' | null {
  const formats = sources.sources.filter(isTable).map(({ format }) => format);
  const wanted = options.codesPostaux ?? sources.codesPostaux;
  if (wanted === null || formats.length === 0)
    return formats.find((format) => format === 'npm') ?? formats[0] ?? null;
  if (formats.includes(wanted)) return wanted;
  const what = `options.codesPostaux: no ${wanted} table of postal codes among the sources`;
  const where = typeof options.sources === 'string' ? { source: options.sources } : {};
  throw new PipelineError('BadSourcesFile', what, where);
}

export interface PublishedTable {
  readonly name: string;
  readonly layer: ManifestLayer;
  /** Of the list. */
  readonly crc32: number;
  readonly provenance: readonly Provenance[];
  readonly candidates: readonly Candidate[];
}

function provenanceOf({ source, step }: TableSource): Provenance[] {
  const { vintage } = step.value.report;
  return [{ source: source.format, vintage, ...codesPostauxProvenance[source.format] }];
}

/** The table that is served, as files and as a layer of the manifest. */
export async function publishTable(table: TableSource, steps: StepStore): Promise<PublishedTable> {
  const { value, folder } = await steps.run({
    name: `cut ${CODES_POSTAUX_LAYER}`,
    inputs: table.step.fingerprint,
    run: (target) => writeTables(table.step.value.rows, target),
  });
  const candidate = (name: string, file: string, sha256: string): Candidate => {
    return { name, ending: 'json', path: join(folder, file), sha256 };
  };
  const list = candidate('data/codes-postaux', LIST, value.sha256);
  const tables = value.prefixes.map(({ id, sha256 }) =>
    candidate(`data/codes-postaux/${id}`, `${id}.json`, sha256),
  );
  const provenance = provenanceOf(table);
  const partitions = value.prefixes.map(({ id, rows, values }, i): ManifestPartition => {
    const file = describeFile(tables[i] ?? list);
    return { id, features: rows, values, bbox: null, coverage: [], provenance, file };
  });
  const layer: ManifestLayer = {
    ...{ module: 'codes-postaux', title: 'Communes par code postal', geometry: null, geometryName: 'geom' },
    ...{ fields: codesPostauxFields, missing: [], partitions, index: describeFile(list) },
  };
  return { name: CODES_POSTAUX_LAYER, layer, crc32: value.crc32, provenance, candidates: [...tables, list] };
}
