/**
 * A figure: a shape made ready for questions, the edges of its parts under trees. Making
 * one reads every vertex; questions then open only what is near.
 */
import { inOrder, someItem, treeOver, type BoxTree } from './box-tree.ts';
import { boxesMeet, type Box } from './lattice.ts';
import { partOfPaths, type Part } from './part.ts';
import { boxOfPaths, type Coordinates, type Shape } from './shape.ts';

export interface Figure {
  readonly box: Box;
  readonly parts: readonly Part[];
  /** Over several parts. */
  readonly tree: BoxTree<Part> | undefined;
}

function pointsOf(points: Coordinates): Coordinates[] {
  return Array.from({ length: points.length / 2 }, (_, i) => points.subarray(2 * i, 2 * i + 2));
}

/** The figure of `parts`, which lie in `box`. */
export function figureOfParts(box: Box, parts: readonly Part[]): Figure {
  if (parts.length < 2) return { box, parts, tree: undefined };
  const boxOf = (part: Part): Box => part.box;
  return { box, parts, tree: treeOver(inOrder(parts, boxOf), boxOf) };
}

/** The figure of `shape`; with a `window`, polygons wholly outside of it are left out. */
export function figureOf({ points, lines, polygons, box }: Shape, window = box): Figure {
  const parts: Part[] = [];
  if (points.length > 0) parts.push(partOfPaths(0, pointsOf(points)));
  if (lines.length > 0) parts.push(partOfPaths(1, lines));
  // An only polygon, as most features are, has the box of its shape.
  const isOnly = polygons.length === 1 && parts.length === 0;
  for (const rings of polygons) {
    const own = isOnly ? box : boxOfPaths(rings);
    if (boxesMeet(own, window)) parts.push(partOfPaths(2, rings, own));
  }
  return figureOfParts(box, parts);
}

/** Whether `test` holds for any part whose box shares a point with `box`; an only part is always tested. */
export function somePart({ parts, tree }: Figure, box: Box, test: (part: Part) => boolean): boolean {
  if (tree !== undefined) return someItem(tree, box, test);
  const [only] = parts;
  return only !== undefined && test(only);
}
