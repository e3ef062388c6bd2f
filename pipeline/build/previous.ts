/**
 * A new vintage beside the one that is published: a layer that lost many features, or all of a
 * département, is more often an upstream accident than news. Refuses it with both counts, until a
 * person accepts it. Another territory is not compared.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/format/manifest.ts';
import { CODES_POSTAUX_LAYER, CODES_POSTAUX_MAX_DROP } from '../datasets/codes-postaux.ts';
import { findLayer } from '../datasets/index.ts';
import { PipelineError } from '../errors.ts';
import { readTree } from '../publish/read-tree.ts';
import type { TableSource } from './normalised.ts';
import type { PackedPartition } from './packed.ts';

/** Features of a layer and partition in two trees; 0 where it is not there. */
export interface Change {
  readonly layer: string;
  readonly partition: string;
  readonly before: number;
  readonly now: number;
}

/** Features by layer, then by partition. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A few may go from any file. */
const FEW = 5;

/** The share that a layer may lose from one vintage to the next. */
function maxDrop(layer: string): number {
  if (layer === CODES_POSTAUX_LAYER) return CODES_POSTAUX_MAX_DROP;
  return findLayer(layer)?.maxDrop ?? 0;
}

function isDrop({ layer, before, now }: Change): boolean {
  return now === 0 || before - now > Math.max(before * maxDrop(layer), FEW);
}

/** Postal codes are one table, cut for readers. */
function countsOf({ layers }: Manifest): Counts {
  return new Map(
    Object.entries(layers).map(([name, { partitions }]) => {
      const entries = partitions.map(({ id, features }) => [id, features] as const);
      const all = entries.reduce((sum, [, features]) => sum + features, 0);
      return [name, new Map(name === CODES_POSTAUX_LAYER ? [['france', all]] : entries)];
    }),
  );
}

/** Each layer and partition of which the counts differ, those that are new or gone too. */
function changesBetween(before: Counts, now: Counts): Change[] {
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return names.flatMap((layer) => {
    const [old, current] = [before.get(layer), now.get(layer)];
    const partitions = [...new Set([...(old?.keys() ?? []), ...(current?.keys() ?? [])])];
    return partitions
      .map((id) => ({ layer, partition: id, before: old?.get(id) ?? 0, now: current?.get(id) ?? 0 }))
      .filter((change) => change.before !== change.now);
  });
}

/** The manifest of the tree in `directory`, `null` when there is none that can be read: then nothing is compared. */
export async function readPrevious(directory: string): Promise<Manifest | null> {
  if (!existsSync(join(directory, 'catalogue.json'))) return null;
  try {
    return (await readTree(directory)).manifest;
  } catch (error) {
    if (error instanceof PipelineError) return null;
    throw error;
  }
}

/** What is about to be published. */
export function countsIn(packed: readonly PackedPartition[], table: TableSource | null): Counts {
  const counts = new Map<string, Map<string, number>>();
  for (const { layer, partition, features } of packed) {
    const own = counts.get(layer.name) ?? new Map<string, number>();
    counts.set(layer.name, own.set(partition, features));
  }
  if (table !== null) counts.set(CODES_POSTAUX_LAYER, new Map([['france', table.step.value.rows.length]]));
  return counts;
}

function describe({ layer, partition, before, now }: Change): string {
  return `${layer} ${partition}: ${now} features, ${before} in the tree that is published`;
}

export interface Comparison {
  readonly territory: string;
  readonly counts: Counts;
  /** Layers that may lose what they lose; `all` of them. */
  readonly accepted: 'all' | readonly string[];
}

/**
 * What changed since `previous`.
 * @throws PipelineError `CountDropped` with both counts, when a layer lost more than it may.
 */
export function compareWithPrevious(
  previous: Manifest | null,
  { territory, counts, accepted }: Comparison,
): readonly Change[] {
  if (previous?.territory !== territory) return [];
  const changes = changesBetween(countsOf(previous), counts);
  const isAccepted = ({ layer }: Change): boolean => accepted === 'all' || accepted.includes(layer);
  const drops = changes.filter((change) => change.before > 0 && isDrop(change) && !isAccepted(change));
  const [first, ...others] = drops;
  if (first === undefined) return changes;
  const more =
    others.length === 0 ? '' : `; and ${others.length} more, such as ${describe(others[0] ?? first)}`;
  const how = `--accept-drops ${first.layer} takes it`;
  throw new PipelineError('CountDropped', `${describe(first)}${more}; ${how}`);
}
