/**
 * A tree of boxes over items in the order they come in: each level packs sixteen
 * neighbours into one box, and nothing is sorted. The edges of a ring follow each other
 * on the ground, so their order is a good one already; in any other order the answers
 * stay right and a search costs at most one look at every box.
 */
import type { Box } from './lattice.ts';

/** How many boxes are packed into one of the level above. */
export const FANOUT = 16;

/** minX, minY, maxX, maxY of box after box, in lattice steps. */
export type Boxes = Float64Array;

export const NO_BOXES: Boxes = new Float64Array(0);

/** `count` boxes that hold nothing yet. */
export function emptyBoxes(count: number): Boxes {
  const boxes = new Float64Array(count * 4).fill(Infinity);
  for (let i = 0; i < boxes.length; i += 4) boxes.fill(-Infinity, i + 2, i + 4);
  return boxes;
}

/** Widens the box at index `i` of `boxes` to hold the point (x, y). */
export function widen(boxes: Boxes, i: number, x: number, y: number): void {
  if (x < (boxes[i] ?? NaN)) boxes[i] = x;
  if (y < (boxes[i + 1] ?? NaN)) boxes[i + 1] = y;
  if (x > (boxes[i + 2] ?? NaN)) boxes[i + 2] = x;
  if (y > (boxes[i + 3] ?? NaN)) boxes[i + 3] = y;
}

/** Whether the box at index `i` of `boxes` shares a point with `box`. */
function meetsAt(boxes: Boxes, i: number, box: Box): boolean {
  return (
    (boxes[i] ?? NaN) <= box[2] &&
    (boxes[i + 1] ?? NaN) <= box[3] &&
    (boxes[i + 2] ?? NaN) >= box[0] &&
    (boxes[i + 3] ?? NaN) >= box[1]
  );
}

function pack(boxes: Boxes): Boxes {
  const parents = emptyBoxes(Math.ceil(boxes.length / 4 / FANOUT));
  for (let i = 0; i < boxes.length; i += 4) {
    const parent = Math.floor(i / 4 / FANOUT) * 4;
    widen(parents, parent, boxes[i] ?? NaN, boxes[i + 1] ?? NaN);
    widen(parents, parent, boxes[i + 2] ?? NaN, boxes[i + 3] ?? NaN);
  }
  return parents;
}

export class BoxTree {
  /** The items' own boxes, then level upon level up to a single box. */
  readonly levels: readonly Boxes[];

  constructor(boxes: Boxes) {
    const levels = [boxes];
    for (let top = boxes; top.length > 4; levels.push(top)) top = pack(top);
    this.levels = levels;
  }

  /** The box of all items; inverted (min > max) when there is none. */
  get box(): Box {
    const [minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity] = this.levels.at(-1) ?? [];
    return [minX, minY, maxX, maxY];
  }

  /** Whether `test` holds for any item whose box shares a point with `box`. */
  some(box: Box, test: (item: number) => boolean): boolean {
    return this.someUnder(this.levels.length - 1, 0, box, test);
  }

  private someUnder(level: number, node: number, box: Box, test: (item: number) => boolean): boolean {
    if (!meetsAt(this.levels[level] ?? NO_BOXES, node * 4, box)) return false;
    if (level === 0) return test(node);
    const end = Math.min((node + 1) * FANOUT, (this.levels[level - 1] ?? NO_BOXES).length / 4);
    for (let child = node * FANOUT; child < end; child++) {
      if (this.someUnder(level - 1, child, box, test)) return true;
    }
    return false;
  }
}
