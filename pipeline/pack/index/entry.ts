/**
 * A feature as one cell sees it. Small features go into pages whole; of the others, only
 * what meets the cell, narrowed level by level, so that nothing large is ever copied into
 * each of many cells.
 */
import type { LayerGeometry } from '../../../src/format/catalogue.ts';
import { cellBox, type Cell } from '../../../src/format/cells.ts';
import type { FeaturePlace } from '../../../src/format/places.ts';
import { boxCovers, boxesMeet, type Box } from '../../../src/geometry/lattice.ts';
import { localParts, narrowParts, type LocalPart } from '../../../src/geometry/local.ts';
import type { EncodedFeature } from './encoded-feature.ts';
import { shapeOf } from './feature-shape.ts';
import { partsCost } from './cost.ts';

/** What is the same of a feature in all cells. */
export interface IndexedFeature extends EncodedFeature {
  /** The number of its partition. */
  readonly partition: number;
  /** Which of its partition's features it is. */
  readonly position: number;
  /** The code of its first vertex: of all its leaves, the one that holds it names the feature. */
  readonly anchor: number;
  /** In lattice steps. */
  readonly box: Box;
  /** Where a page finds it that does not hold it whole. */
  readonly place: FeaturePlace | null;
  /** What it costs a page, without its local parts. */
  readonly cost: number;
}

export interface Entry {
  readonly feature: IndexedFeature;
  /** What of it meets the cell; `null` while the cell holds its whole box. */
  readonly parts: readonly LocalPart[] | null;
  /** What it costs a page in this cell. */
  readonly cost: number;
}

function partsIn(entry: Entry, from: Box, geometry: LayerGeometry): readonly LocalPart[] {
  if (entry.parts !== null) return entry.parts;
  const shape = shapeOf(entry.feature, geometry);
  return shape === null ? [] : localParts(shape, from);
}

/** The parts of `entry` in its `cell`. */
export function partsOf(entry: Entry, cell: Cell, geometry: LayerGeometry): readonly LocalPart[] {
  return partsIn(entry, cellBox(cell), geometry);
}

/** Takes what a cell sees of an entry; `cell` is its place among those asked. */
export type EntryTaker = (entry: Entry, cell: number) => void;

/**
 * Gives `entry`, of the cell `from`, as each of `cells` in it sees it, to `take`; not
 * where the feature does not meet the closed cell.
 */
export function spreadEntry(
  entry: Entry,
  from: Box,
  cells: readonly Box[],
  geometry: LayerGeometry,
  take: EntryTaker,
): void {
  const { feature } = entry;
  let parts: readonly LocalPart[] | null = null;
  for (const [i, cell] of cells.entries()) {
    if (!boxesMeet(feature.box, cell)) continue;
    if (boxCovers(cell, feature.box)) {
      take(entry, i);
      continue;
    }
    parts ??= partsIn(entry, from, geometry);
    const narrowed = narrowParts(parts, from, cell);
    if (narrowed.length > 0) take(narrowedTo(narrowed, feature), i);
  }
}

function narrowedTo(parts: readonly LocalPart[], feature: IndexedFeature): Entry {
  return { feature, parts, cost: feature.cost + (feature.place === null ? 0 : partsCost(parts)) };
}
