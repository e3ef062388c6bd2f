/** Postal codes as small files, one for each first two digits: a lookup reads one of them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layer, Partition } from '../../src/format/catalogue.ts';
import {
  CODES_POSTAUX_LAYER,
  codesPostauxFields,
  codesPostauxProvenance,
} from '../datasets/codes-postaux.ts';
import type { CommuneOfCodePostal } from '../datasets/npm-codes-postaux.ts';
import { describeFile, type Candidate } from '../publish/tree.ts';
import { sha256Of } from './fingerprint.ts';
import type { TableSource } from './normalised.ts';
import type { StepStore } from './steps.ts';

interface Prefix {
  readonly id: string;
  readonly rows: number;
  readonly sha256: string;
}

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

function writePrefixes(rows: readonly CommuneOfCodePostal[], folder: string): Prefix[] {
  mkdirSync(folder, { recursive: true });
  return [...groupByPrefix(rows)].map(([id, group]) => {
    const path = join(folder, `${id}.json`);
    writeFileSync(path, JSON.stringify(group));
    return { id, rows: group.length, sha256: sha256Of(readFileSync(path)) };
  });
}

export interface PublishedTable {
  readonly name: string;
  readonly layer: Layer;
  readonly candidates: readonly Candidate[];
}

/** The table that is served, as files and as a layer of the catalogue. */
export async function publishTable({ source, step }: TableSource, steps: StepStore): Promise<PublishedTable> {
  const { value: prefixes, folder } = await steps.run({
    name: `cut ${CODES_POSTAUX_LAYER}`,
    inputs: step.fingerprint,
    run: (target) => writePrefixes(step.value.rows, target),
  });
  const candidate = ({ id, sha256 }: Prefix): Candidate => ({
    ...{ name: `data/codes-postaux/${id}`, ending: 'json' },
    ...{ path: join(folder, `${id}.json`), sha256 },
  });
  const { vintage } = step.value.report;
  const provenance = [{ source: source.format, vintage, ...codesPostauxProvenance[source.format] }];
  const partitions = prefixes.map((prefix): Partition => {
    return {
      id: prefix.id,
      features: prefix.rows,
      bbox: null,
      coverage: [],
      provenance,
      file: describeFile(candidate(prefix)),
    };
  });
  const layer: Layer = {
    module: 'codes-postaux',
    title: 'Communes par code postal',
    geometry: null,
    geometryName: 'geom',
    fields: codesPostauxFields,
    partitions,
  };
  return { name: CODES_POSTAUX_LAYER, layer, candidates: prefixes.map(candidate) };
}
