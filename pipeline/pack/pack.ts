/**
 * Packs spools into one FlatGeobuf file: identical features kept once, the others by the
 * layer's keys and then in Hilbert order, a packed R-tree before them. Features are copied
 * as they are encoded. The same features give the same bytes, whatever order they come in.
 *
 * Memory: what sorting is allowed, a chunk of each temporary file, the largest feature, and
 * the duplicates that are told; whatever else grows with the features is on disk.
 */
import { dirname } from 'node:path';
import type { Box } from '../../src/geometry/lattice.ts';
import { ExternalSorter } from './external-sort.ts';
import { decodeRef, encodeRef, type FeatureRef } from './feature-ref.ts';
import { hilbertOver } from './hilbert.ts';
import { PackedFile, type PackedLayer } from './packed-file.ts';
import { readSpool, SpoolFiles } from './read-spool.ts';
import { EMPTY_BOX, joinBoxes } from './rtree.ts';
import { sortKey } from './sort-key.ts';

export type { PackedLayer } from './packed-file.ts';

/** A feature that another one of the same bytes stands for. */
export interface Duplicate {
  readonly spool: string;
  readonly id: string;
}

export interface PackResult {
  readonly features: number;
  /** Degrees; `null` when no feature has a place. */
  readonly bbox: Box | null;
  readonly duplicates: readonly Duplicate[];
}

export interface PackOptions {
  /** Bytes that sorting may hold. */
  readonly memory?: number;
}

const SORT_MEMORY = 64 * 2 ** 20;

function extentOf(spools: readonly string[]): Box | null {
  let extent: Box | null = null;
  for (const path of spools) {
    for (const { box } of readSpool(path)) if (box !== null) extent = joinBoxes(extent ?? EMPTY_BOX, box);
  }
  return extent;
}

function sortFeatures(spools: readonly string[], extent: Box | null, sorter: ExternalSorter): void {
  const distance = extent === null ? (): number => 0 : hilbertOver(extent);
  for (const [spool, path] of spools.entries()) {
    for (const { key, feature, box, offset, idLength } of readSpool(path)) {
      const ref = encodeRef({ spool, offset, length: feature.length, idLength, box });
      sorter.add(sortKey(key, distance(box ?? extent ?? EMPTY_BOX), feature), ref);
    }
  }
}

/** Where each feature stands, in the order of the file, and whether it is the one before again. */
function* inOrder(
  sorter: ExternalSorter,
): Generator<{ readonly ref: FeatureRef; readonly isRepeated: boolean }> {
  let last: Uint8Array | null = null;
  for (const { key, value } of sorter.sorted()) {
    const isRepeated = last !== null && Buffer.compare(key, last) === 0;
    if (!isRepeated) last = Uint8Array.from(key);
    yield { ref: decodeRef(value), isRepeated };
  }
}

/** Writes `target` from `spools`. Temporary files are made beside it. */
export function pack(
  layer: PackedLayer,
  spools: readonly string[],
  target: string,
  { memory = SORT_MEMORY }: PackOptions = {},
): PackResult {
  const folder = dirname(target);
  const bbox = extentOf(spools);
  const sources = new SpoolFiles(spools);
  const sorter = new ExternalSorter({ folder, memory });
  const file = new PackedFile(sources, folder);
  const duplicates: Duplicate[] = [];
  try {
    sortFeatures(spools, bbox, sorter);
    for (const { ref, isRepeated } of inOrder(sorter)) {
      if (isRepeated) duplicates.push({ spool: spools[ref.spool] ?? '', id: sources.idOf(ref) });
      else file.add(ref);
    }
    file.write(layer, bbox, target);
    return { features: file.features, bbox, duplicates };
  } finally {
    sorter.close();
    file.close();
    sources.close();
  }
}
