/**
 * A tree of boxes over items in the order they come in: each level packs sixteen
 * neighbours into one box. The edges of a ring follow each other on the ground, so their
 * order is a good one already; what comes in any order is put `inOrder` first.
 */
import { codeAt } from '../format/cells.ts';
import type { Box } from './lattice.ts';
import { boxOfPaths } from './shape.ts';

/** How many boxes are packed into one of the level above. */
export const FANOUT = 16;

/** minX, minY, maxX, maxY of box after box, in lattice steps: two points each, so that they make paths. */
type Boxes = Float64Array;

const NO_BOXES: Boxes = new Float64Array(0);

export interface BoxTree<T> {
  readonly items: readonly T[];
  /** The items' own boxes, then level upon level up to a single box. */
  readonly levels: readonly Boxes[];
}

/** The items so that those beside each other are near each other; `place` begins with the x and y of any of its points. */
export function inOrder<T>(items: readonly T[], place: (item: T) => ArrayLike<number>): T[] {
  const codes = items.map((item) => {
    const { 0: x = NaN, 1: y = NaN } = place(item);
    return { item, code: codeAt(x, y) };
  });
  return codes.sort((a, b) => a.code - b.code).map(({ item }) => item);
}

function boxesOf<T>(items: readonly T[], boxOf: (item: T) => Box): Boxes {
  const boxes = new Float64Array(4 * items.length);
  items.forEach((item, i) => {
    boxes.set(boxOf(item), 4 * i);
  });
  return boxes;
}

function pack(boxes: Boxes): Boxes {
  const groups: Boxes[] = [];
  for (let i = 0; i < boxes.length; i += 4 * FANOUT) groups.push(boxes.subarray(i, i + 4 * FANOUT));
  return boxesOf(groups, (group) => boxOfPaths([group]));
}

export function treeOver<T>(items: readonly T[], boxOf: (item: T) => Box): BoxTree<T> {
  let top = boxesOf(items, boxOf);
  const levels = [top];
  while (top.length > 4) levels.push((top = pack(top)));
  return { items, levels };
}

/**
 * Whether `test` holds for any item whose box shares a point with `box`. Under a box for
 * which `isSettled`, asked with its least x and the first and the last item in it, none is
 * tested.
 */
export function someItem<T>(
  { items, levels }: BoxTree<T>,
  box: Box,
  test: (item: T) => boolean,
  isSettled?: (minX: number, first: T, last: T) => boolean,
): boolean {
  const [left, bottom, right, top] = box;
  const look = (level: number, node: number): boolean => {
    const boxes = levels[level] ?? NO_BOXES;
    const minX = boxes[4 * node] ?? NaN;
    if (!(minX <= right && (boxes[4 * node + 2] ?? NaN) >= left)) return false;
    if ((boxes[4 * node + 1] ?? NaN) > top || (boxes[4 * node + 3] ?? NaN) < bottom) return false;
    if (isSettled !== undefined) {
      const span = FANOUT ** level;
      const last = Math.min((node + 1) * span, items.length) - 1;
      if (isSettled(minX, items[node * span] as T, items[last] as T)) return false;
    }
    if (level === 0) return test(items[node] as T);
    for (let child = node * FANOUT; child < (node + 1) * FANOUT; child++) {
      if (look(level - 1, child)) return true;
    }
    return false;
  };
  return look(levels.length - 1, 0);
}
