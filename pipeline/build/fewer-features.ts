/**
 * Layers and partitions that lost many features since the tree that is published: more often an
 * upstream accident than news. Partition by partition, and all those of a layer together, since many
 * small losses are a large one.
 */
import { CODES_POSTAUX_LAYER, CODES_POSTAUX_MAX_DROP } from '../datasets/codes-postaux.ts';
import { findLayer } from '../datasets/index.ts';
import type { Loss } from './loss.ts';

/** Features of a layer and partition in two trees; 0 where it is not there. */
export interface Change {
  readonly layer: string;
  readonly partition: string;
  readonly before: number;
  readonly now: number;
}

/** A few may go from any file. */
const FEW = 5;

/** The share that a layer may lose from one vintage to the next. */
function maxDrop(layer: string): number {
  if (layer === CODES_POSTAUX_LAYER) return CODES_POSTAUX_MAX_DROP;
  return findLayer(layer)?.maxDrop ?? 0;
}

function isDrop({ layer, before, now }: Change): boolean {
  return before > 0 && (now === 0 || before - now > Math.max(before * maxDrop(layer), FEW));
}

function describe({ layer, partition, before, now }: Change): string {
  return `${layer} ${partition}: ${now} features, ${before} in the tree that is published`;
}

/** Each layer's partitions as one, where none of them is a loss by itself. */
function together(changes: readonly Change[], losses: readonly Change[]): Change[] {
  const layers = new Set(changes.map(({ layer }) => layer));
  for (const { layer } of losses) layers.delete(layer);
  return [...layers].flatMap((layer) => {
    const own = changes.filter((change) => change.layer === layer);
    const sum = (of: (change: Change) => number): number => own.reduce((n, change) => n + of(change), 0);
    const partition = `in ${own.length} partitions`;
    return own.length < 2 ? [] : [{ layer, partition, before: sum((c) => c.before), now: sum((c) => c.now) }];
  });
}

/** The losses among `changes`, which are all that is in both trees or should be. */
export function fewerFeatures(changes: readonly Change[]): Loss[] {
  const losses = changes.filter(isDrop);
  const all = [...losses, ...together(changes, losses).filter(isDrop)];
  return all.map((change) => ({ code: 'CountDropped', name: change.layer, what: describe(change) }));
}
