/** A tree as far as its next vintage is compared with it: each layer and partition, by what it holds. */
import type { Provenance } from '../../src/format/catalogue.ts';
import type { Manifest, ManifestPartition, ValueCounts } from '../../src/format/manifest.ts';
import type { Box } from '../../src/geometry/lattice.ts';
import { CODES_POSTAUX_LAYER } from '../datasets/codes-postaux.ts';
import { findFormat, formats } from '../datasets/index.ts';
import { together } from '../normalise/value-tally.ts';
import type { Source } from '../sources/sources-file.ts';
import { isTable, type TableSource } from './normalised.ts';
import type { PackedPartition } from './packed.ts';

/** The partition of a producer's national file. */
export const NATIONAL = 'france';

export interface Held {
  readonly layer: string;
  readonly partition: string;
  readonly features: number;
  /** `null` in trees of before they were counted. */
  readonly values: ValueCounts | null;
  /** The formats that it comes from, in order. */
  readonly formats: readonly string[];
  /** The editions of its sources. */
  readonly vintages: readonly string[];
  /** Where its sources would have told of a feature; degrees. */
  readonly coverage: readonly Box[];
}

function originOf(provenance: readonly Provenance[]): Pick<Held, 'formats' | 'vintages'> {
  const formatsIn = new Set(provenance.map(({ source }) => source));
  return { formats: [...formatsIn].sort(), vintages: provenance.map(({ vintage }) => vintage) };
}

/** Postal codes are one table, cut for readers. */
function wholeTable(parts: readonly ManifestPartition[]): Held {
  const values = parts.map((part) => part.values).filter((counts) => counts !== null);
  return {
    layer: CODES_POSTAUX_LAYER,
    partition: NATIONAL,
    features: parts.reduce((sum, { features }) => sum + features, 0),
    values: values.length === parts.length ? together(values) : null,
    ...originOf(parts.flatMap(({ provenance }) => provenance)),
    coverage: [],
  };
}

/** What a published tree holds. */
export function heldBy({ layers }: Manifest): Held[] {
  return Object.entries(layers).flatMap(([layer, { partitions }]): Held[] => {
    if (layer === CODES_POSTAUX_LAYER) return [wholeTable(partitions)];
    return partitions.map(({ id, features, values, provenance, coverage }) => {
      return { layer, partition: id, features, values, coverage, ...originOf(provenance) };
    });
  });
}

function tableHeld({ source, step }: TableSource): Held {
  const { rows, report } = step.value;
  return {
    ...{ layer: CODES_POSTAUX_LAYER, partition: NATIONAL, features: rows.length, coverage: [] },
    values: together(report.members.map(({ values }) => values)),
    ...{ formats: [source.format], vintages: [report.vintage] },
  };
}

/** What is about to be published. */
export function heldIn(packed: readonly PackedPartition[], table: TableSource | null): Held[] {
  const held = packed.map(({ layer, provenance, ...rest }): Held => {
    const { partition, features, values, coverage } = rest;
    return { layer: layer.name, partition, features, values, coverage, ...originOf(provenance) };
  });
  return table === null ? held : [...held, tableHeld(table)];
}

/** Whether it is all that a producer has, not the documents that somebody chose. */
export function isWhole({ formats: names }: Held): boolean {
  return names.every((name) => formats.find(({ format }) => format === name)?.covers !== 'data');
}

/** Whether one of `sources` should feed what was held: of national files one that is whole. */
export function isAskedOf(sources: readonly Source[], held: Held): boolean {
  const { layer, partition } = held;

  return sources.some((source) => {
    if (isTable(source)) return layer === CODES_POSTAUX_LAYER;
    const format = findFormat(source);
    const isExcerpt = format?.covers === 'data' || source.covers !== undefined;
    if (partition === NATIONAL && (isExcerpt || !isWhole(held))) return false;
    return format?.partition(source) === partition && format.rules.some((rule) => rule.layer === layer);
  });
}
