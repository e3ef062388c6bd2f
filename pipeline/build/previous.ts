/**
 * A new vintage beside the one that is published, layer by layer and partition by partition: what lost
 * many features or many values, or is of an older edition, is refused with both counts, until a person accepts it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/format/manifest.ts';
import { PipelineError } from '../errors.ts';
import { readTree } from '../publish/read-tree.ts';
import type { Sources } from '../sources/sources-file.ts';
import { fewerFeatures, type Change } from './fewer-features.ts';
import { fewerValues } from './fewer-values.ts';
import { assertAccepted, type Accepted } from './loss.ts';
import { olderVintage } from './older-vintage.ts';
import { heldBy, isAskedOf, isWhole, NATIONAL, type Held } from './vintage.ts';

export interface Previous {
  /** `null` when nothing is published, or nothing that can be read: then nothing is compared. */
  readonly manifest: Manifest | null;
  /** Why what is published cannot be read. */
  readonly fault: string | null;
}

/** The manifest of the tree in `directory`. */
export async function readPrevious(directory: string): Promise<Previous> {
  if (!existsSync(join(directory, 'catalogue.json'))) return { manifest: null, fault: null };
  try {
    return { manifest: (await readTree(directory)).manifest, fault: null };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return { manifest: null, fault: error.message };
  }
}

/** A layer and partition in two trees; at least one of them. */
interface Pair {
  readonly before: Held | null;
  readonly now: Held | null;
}

function pairs(before: readonly Held[], now: readonly Held[]): Pair[] {
  const all = new Map<string, Pair>();
  const keyOf = ({ layer, partition }: Held): string => `${layer} ${partition}`;
  for (const held of before) all.set(keyOf(held), { before: held, now: null });
  for (const held of now) all.set(keyOf(held), { before: all.get(keyOf(held))?.before ?? null, now: held });
  return [...all.values()];
}

/** In trees of different territories: a département is itself, and so is a national file that is whole. */
function isSame(before: Held, now: Held): boolean {
  if (now.partition !== NATIONAL) return true;
  const covers = (held: Held): string => JSON.stringify(held.coverage);
  return isWhole(before) && isWhole(now) && covers(before) === covers(now);
}

export interface Comparison {
  readonly sources: Sources;
  /** What is about to be published. */
  readonly held: readonly Held[];
  readonly accepted: Accepted;
}

/** What must be compared: what is in both, and what has gone although it was asked for. */
function comparable({ before, now }: Pair, { territory }: Manifest, { sources }: Comparison): boolean {
  if (before === null) return false;
  if (territory === sources.territory) return true;
  return now === null ? isAskedOf(sources.sources, before) : isSame(before, now);
}

function changeOf({ before, now }: Pair): Change {
  const { layer = '', partition = '' } = before ?? now ?? {};
  return { layer, partition, before: before?.features ?? 0, now: now?.features ?? 0 };
}

/**
 * The layers and partitions of which the number of features changed since `previous`, those that are new
 * or gone too.
 * @throws PipelineError `CountDropped`, `ValuesDropped`, `OlderVintage` with both of them, where that is not accepted.
 */
export function compareWithPrevious(previous: Manifest | null, comparison: Comparison): readonly Change[] {
  if (previous === null) return [];
  const all = pairs(heldBy(previous), comparison.held);
  const compared = all.filter((pair) => comparable(pair, previous, comparison));
  const others = compared.flatMap(({ before, now }) => {
    return before === null || now === null ? [] : [...olderVintage(before, now), ...fewerValues(before, now)];
  });
  assertAccepted([...fewerFeatures(compared.map(changeOf)), ...others], comparison.accepted);
  return all.map(changeOf).filter(({ before, now }) => before !== now);
}
