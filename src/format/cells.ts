/**
 * The quadtree over the lattice, in Morton order. A cell is named by the code of its
 * south-western corner at the last level and its level; codes take 52 bits, so that they
 * are safe integers. Cells are closed where their boxes are compared, and half-open where
 * a point must be in one only.
 */
import type { Box } from '../geometry/lattice.ts';
import { must } from './corrupt.ts';

/** Of the smallest cells, 1,024 lattice steps (about a metre) wide. */
export const MAX_LEVEL = 26;

/** Codes are smaller. */
export const END_OF_CODES = 4 ** MAX_LEVEL;

/** The corner of the root cell is (-ORIGIN, -ORIGIN), its side twice that, in lattice steps. */
export const ORIGIN = 2 ** 35;

const SMALLEST_SIDE = 2 ** 36 / 2 ** MAX_LEVEL;
const LAST = 2 ** MAX_LEVEL - 1;

export interface Cell {
  /** The Morton code of its south-western corner; the bits of x are the lower of each pair. */
  readonly start: number;
  readonly level: number;
}

export const ROOT_CELL: Cell = { start: 0, level: 0 };

/** How many codes a cell of `level` spans. */
export function cellSpan(level: number): number {
  return 4 ** (MAX_LEVEL - level);
}

function column(coordinate: number): number {
  return Math.max(0, Math.min(LAST, Math.floor((coordinate + ORIGIN) / SMALLEST_SIDE)));
}

/** The code whose half-open cell of the last level holds a point; points outside are moved to the border. */
export function codeAt(x: number, y: number): number {
  const [i, j] = [column(x), column(y)];
  let code = 0;
  for (let bit = 2 ** (MAX_LEVEL - 1); bit >= 1; bit /= 2)
    code = 4 * code + (i & bit ? 1 : 0) + (j & bit ? 2 : 0);
  return code;
}

/** The closed box of a cell, in lattice steps. */
export function cellBox({ start, level }: Cell): Box {
  let x = -ORIGIN;
  let y = -ORIGIN;
  let step = SMALLEST_SIDE;
  for (let rest = start; rest > 0; rest = Math.floor(rest / 4)) {
    x += (rest & 1) * step;
    y += ((rest & 2) * step) / 2;
    step *= 2;
  }
  const side = 2 ** (36 - level);
  return [x, y, x + side, y + side];
}

/** The cells of `levels`, one after the other. @throws RangeError when they are not what `whole` is made of. */
export function cellsWithin(whole: Cell, levels: readonly number[]): Cell[] {
  let { start } = whole;
  const cells = levels.map((level): Cell => {
    const cell = { start, level };
    start += cellSpan(level);
    must(start % cellSpan(level) === 0, 'cell');
    return cell;
  });
  must(start === whole.start + cellSpan(whole.level), 'cells');
  return cells;
}

/**
 * The quarters of a cell in the order of their codes: south-west, south-east, north-west,
 * north-east.
 * @throws RangeError for a cell of the last level.
 */
export function childrenOfCell({ start, level }: Cell): readonly [Cell, Cell, Cell, Cell] {
  must(level < MAX_LEVEL, 'level');
  const span = cellSpan(level + 1);
  const child = (i: number): Cell => ({ start: start + i * span, level: level + 1 });
  return [child(0), child(1), child(2), child(3)];
}
