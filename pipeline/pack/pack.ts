/**
 * Packs spools into one FlatGeobuf file: identical features kept once, the others in
 * Hilbert order, a packed R-tree before them. Features are copied as they are
 * encoded; memory holds only their boxes and places. Same input, same bytes.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Field, LayerGeometry } from '../../src/format/catalogue.ts';
import type { Box } from '../../src/geometry/lattice.ts';
import { encodeHeader, FILE_START } from './header.ts';
import { hilbertOver } from './hilbert.ts';
import { buildTree, EMPTY_BOX, joinBoxes, type Leaf } from './rtree.ts';
import { readSpool } from './spool.ts';

export interface PackedLayer {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly geometry: LayerGeometry;
}

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

interface Entry {
  readonly spool: number;
  readonly offset: number;
  readonly length: number;
  readonly box: Box | null;
}

interface Gathered {
  readonly entries: Entry[];
  readonly duplicates: Duplicate[];
  readonly bbox: Box | null;
}

function gather(spools: readonly string[]): Gathered {
  const seen = new Set<string>();
  const gathered: { entries: Entry[]; duplicates: Duplicate[] } = { entries: [], duplicates: [] };
  let bbox: Box | null = null;
  spools.forEach((path, spool) => {
    for (const { id, box, feature, offset } of readSpool(path)) {
      const content = createHash('sha256').update(feature).digest('base64');
      if (seen.has(content)) {
        gathered.duplicates.push({ spool: path, id });
        continue;
      }
      seen.add(content);
      gathered.entries.push({ spool, offset, length: feature.length, box });
      if (box !== null) bbox = joinBoxes(bbox ?? EMPTY_BOX, box);
    }
  });
  return { ...gathered, bbox };
}

/** Hilbert order; a tie, and everything without a place, stays in source order. */
function order(entries: readonly Entry[], bbox: Box | null): Entry[] {
  if (bbox === null) return [...entries];
  const distance = hilbertOver(bbox);
  return entries
    .map((entry) => ({ entry, key: distance(entry.box ?? bbox) }))
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry);
}

function leavesOf(entries: readonly Entry[]): Leaf[] {
  let offset = 0;
  return entries.map((entry) => {
    const leaf = { box: entry.box ?? EMPTY_BOX, offset };
    offset += entry.length;
    return leaf;
  });
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function copyFeatures(spools: readonly string[], entries: readonly Entry[], target: number): void {
  const files = spools.map((path) => openSync(path, 'r'));
  try {
    for (const { spool, offset, length } of entries) {
      const bytes = Buffer.alloc(length);
      const read = readSync(files[spool] ?? -1, bytes, 0, length, offset);
      if (read !== length) throw new Error(`a spool of ${length} bytes at ${offset} ends after ${read}`);
      writeAll(target, bytes);
    }
  } finally {
    files.forEach((file) => {
      closeSync(file);
    });
  }
}

/** Writes `target` from `spools`, in their order where order decides. */
export function pack(layer: PackedLayer, spools: readonly string[], target: string): PackResult {
  const { entries, duplicates, bbox } = gather(spools);
  const ordered = order(entries, bbox);
  const file = openSync(target, 'w');
  try {
    writeAll(file, FILE_START);
    writeAll(file, encodeHeader({ ...layer, features: ordered.length, envelope: bbox }));
    if (bbox !== null) writeAll(file, buildTree(leavesOf(ordered)));
    copyFeatures(spools, ordered, file);
  } finally {
    closeSync(file);
  }
  return { features: ordered.length, bbox, duplicates };
}
