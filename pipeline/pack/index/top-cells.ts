/**
 * Where a layer's features are, roughly and before any is read: from the boxes in the
 * trees of its files. It only decides into which bins they go; what is written does not
 * depend on it.
 */
import { cellSpan, codeAt, type Cell } from '../../../src/format/cells.ts';
import { toLattice } from '../../../src/geometry/lattice.ts';
import type { FeatureFile } from './feature-file.ts';

/** Cells of about fifteen kilometres. */
const FINEST = 12;
/** No more bins than about so many. */
const MOST_BINS = 1024;

/** Bytes of features by cell, for each level from 0 to the finest. */
function weigh(files: readonly FeatureFile[]): Float32Array[] {
  const levels = Array.from({ length: FINEST + 1 }, (_, level) => new Float32Array(4 ** level));
  const finest = levels[FINEST] ?? new Float32Array();
  for (const file of files) {
    for (const { x, y, length } of file.centres()) {
      const cell = Math.floor(codeAt(toLattice(x), toLattice(y)) / cellSpan(FINEST));
      finest[cell] = (finest[cell] ?? 0) + length;
    }
  }
  for (let level = FINEST; level > 0; level--) sumUp(levels[level], levels[level - 1]);
  return levels;
}

function sumUp(cells: Float32Array | undefined, above: Float32Array | undefined): void {
  if (cells === undefined || above === undefined) return;
  for (let i = 0; i < cells.length; i++) {
    const weight = cells[i] ?? 0;
    // Zeros are not written: pages of memory that nobody writes cost nothing.
    if (weight > 0) above[i >> 2] = (above[i >> 2] ?? 0) + weight;
  }
}

/** Says of a cell whether its features are more than `bytes`. */
export function heavyCells(files: readonly FeatureFile[], bytes: number): (cell: Cell) => boolean {
  const total = files.reduce((sum, { length }) => sum + length, 0);
  if (total <= bytes) return () => false;
  const levels = weigh(files);
  const limit = Math.max(bytes, total / MOST_BINS);
  return ({ start, level }) => level < FINEST && (levels[level]?.[start / cellSpan(level)] ?? 0) > limit;
}
