/**
 * Packs spools into one FlatGeobuf file: identical features kept once, the others by the
 * layer's keys and then in Hilbert order, a packed R-tree before them. Features are copied
 * as they are encoded. The same features give the same bytes, whatever order they come in.
 *
 * Memory: what sorting is allowed, a chunk of each temporary file, the largest feature, the
 * identifiers under one key and the duplicates that are told; whatever else grows with the features is on disk.
 */
import { dirname } from 'node:path';
import type { Box } from '../../src/geometry/lattice.ts';
import { ExternalSorter } from './external-sort.ts';
import { decodeRef, encodeRef, type FeatureRef } from './feature-ref.ts';
import { hilbertOver } from './hilbert.ts';
import { PackedFile, type PackedLayer } from './packed-file.ts';
import { readSpool, SpoolFiles } from './read-spool.ts';
import { Repeats } from './repeats.ts';
import { EMPTY_BOX, joinBoxes } from './rtree.ts';
import { sortKey } from './sort-key.ts';

export type { PackedLayer } from './packed-file.ts';

/** A feature among those of its spool. */
export interface Spooled {
  readonly spool: string;
  readonly id: string;
}

export interface PackResult {
  readonly features: number;
  /** Degrees; `null` when no feature has a place. */
  readonly bbox: Box | null;
  /** Features that another one of the same bytes stands for. */
  readonly duplicates: readonly Spooled[];
  /** Features kept whose identifier another one of other content has, and the spool `of` that one. */
  readonly repeated: readonly (Spooled & { readonly of: string })[];
  /** Spools of different formats that tell of the same thing, and which; the first found. */
  readonly mixture: { readonly spools: readonly [string, string]; readonly id: string } | null;
}

export interface PackOptions {
  /** Bytes that sorting may hold. */
  readonly memory?: number;
  /** The format of each spool; without it they are all of one. */
  readonly formats?: readonly string[];
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

interface Placed {
  readonly ref: FeatureRef;
  /** As it was sorted by. */
  readonly key: Uint8Array;
  /** Whether it is the one before again. */
  readonly isRepeated: boolean;
}

/** Where each feature stands, in the order of the file. */
function* inOrder(sorter: ExternalSorter): Generator<Placed> {
  let last: Uint8Array | null = null;
  for (const { key, value } of sorter.sorted()) {
    const isRepeated = last !== null && Buffer.compare(key, last) === 0;
    if (!isRepeated) last = Uint8Array.from(key);
    yield { ref: decodeRef(value), key, isRepeated };
  }
}

function mixtureOf({ mixture }: Repeats, pathOf: (spool: number) => string): PackResult['mixture'] {
  if (mixture === null) return null;
  const [a, b] = mixture.spools;
  return { id: mixture.id, spools: [pathOf(a), pathOf(b)] };
}

/** Writes `target` from `spools`. Temporary files are made beside it. */
export function pack(
  layer: PackedLayer,
  spools: readonly string[],
  target: string,
  { memory = SORT_MEMORY, formats = [] }: PackOptions = {},
): PackResult {
  const folder = dirname(target);
  const bbox = extentOf(spools);
  const sources = new SpoolFiles(spools);
  const sorter = new ExternalSorter({ folder, memory });
  const file = new PackedFile(sources, folder);
  const pathOf = (spool: number): string => spools[spool] ?? '';
  const duplicates: Spooled[] = [];
  const repeats = new Repeats(formats);
  try {
    sortFeatures(spools, bbox, sorter);
    for (const { ref, key, isRepeated } of inOrder(sorter)) {
      const id = sources.idOf(ref);
      if (isRepeated) duplicates.push({ spool: pathOf(ref.spool), id });
      else {
        repeats.see(key, { spool: ref.spool, id });
        file.add(ref);
      }
    }
    file.write(layer, bbox, target);
    const repeated = repeats.repeated.map(({ spool, id, of }) => {
      return { spool: pathOf(spool), id, of: pathOf(of) };
    });
    return { features: file.features, bbox, duplicates, repeated, mixture: mixtureOf(repeats, pathOf) };
  } finally {
    sorter.close();
    file.close();
    sources.close();
  }
}
