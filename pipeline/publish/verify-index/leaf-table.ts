/** The leaves of all directories of an index, and which of them a shape meets. */
import {
  cellBox,
  cellSpan,
  childrenOfCell,
  codeAt,
  MAX_LEVEL,
  type Cell,
} from '../../../src/format/cells.ts';
import { boxCovers, boxesMeet, type Box } from '../../../src/geometry/lattice.ts';
import { localParts, narrowParts, type LocalPart } from '../../../src/geometry/local.ts';
import type { Shape } from '../../../src/geometry/shape.ts';

export interface FoundLeaf {
  readonly cell: Cell;
  /** The number of its page in the index; -1: the directory says that nothing meets it. */
  readonly page: number;
  /** Among the leaves of its page that are not empty. */
  readonly ordinal: number;
}

export interface MetLeaf extends FoundLeaf {
  /** What of the shape meets it. */
  readonly parts: readonly LocalPart[];
}

export class LeafTable {
  /** One item a leaf, in the order of their codes, which tile the root cell. */
  readonly #starts: number[] = [];
  readonly #levels: number[] = [];
  readonly #pages: number[] = [];
  readonly #ordinals: number[] = [];

  add({ cell, page, ordinal }: FoundLeaf): void {
    this.#starts.push(cell.start);
    this.#levels.push(cell.level);
    this.#pages.push(page);
    this.#ordinals.push(ordinal);
  }

  /** The leaves whose closed boxes share a point with `shape`, in the order of their codes. */
  *metBy(shape: Shape): Generator<MetLeaf> {
    yield* this.#metIn(cellAround(shape.box), shape, null);
  }

  /** `parts`: of the shape in `cell`; `null` while the cell holds all of it. */
  *#metIn(cell: Cell, shape: Shape, parts: readonly LocalPart[] | null): Generator<MetLeaf> {
    const leaf = this.#leafAt(cell.start);
    if (leaf.cell.level <= cell.level) {
      yield { ...leaf, parts: parts ?? localParts(shape, cellBox(leaf.cell)) };
      return;
    }
    const box = cellBox(cell);
    for (const quarter of childrenOfCell(cell)) {
      const inQuarter = partsIn(shape, parts, box, cellBox(quarter));
      if (inQuarter === null || inQuarter.length > 0) yield* this.#metIn(quarter, shape, inQuarter);
    }
  }

  /** The leaf that begins at `start` or before. */
  #leafAt(start: number): FoundLeaf {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? Infinity) <= start) low = middle;
      else high = middle;
    }
    const cell = { start: this.#starts[low] ?? 0, level: this.#levels[low] ?? 0 };
    if (start >= cell.start + cellSpan(cell.level)) throw new Error(`no leaf holds the code ${start}`);
    return { cell, page: this.#pages[low] ?? -1, ordinal: this.#ordinals[low] ?? -1 };
  }
}

/** The smallest cell in which all cells lie whose closed boxes meet `box`. */
function cellAround([minX, minY, maxX, maxY]: Box): Cell {
  // A cell whose upper edge is the lower one of the box holds the points before it.
  const [first, last] = [codeAt(minX - 1, minY - 1), codeAt(maxX, maxY)];
  let level = MAX_LEVEL;
  while (Math.floor(first / cellSpan(level)) !== Math.floor(last / cellSpan(level))) level--;
  return { start: first - (first % cellSpan(level)), level };
}

/** What of `shape`, of which the cell `from` holds `parts`, meets `cell`; `null`: all of it lies in there. */
function partsIn(
  shape: Shape,
  parts: readonly LocalPart[] | null,
  from: Box,
  cell: Box,
): readonly LocalPart[] | null {
  if (!boxesMeet(shape.box, cell)) return [];
  if (parts === null && boxCovers(cell, shape.box)) return null;
  return narrowParts(parts ?? localParts(shape, from), from, cell);
}
