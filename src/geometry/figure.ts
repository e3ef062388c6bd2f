/**
 * A figure: a shape made ready for questions, the edges of its parts under trees. Making
 * one reads every vertex; questions then open only what is near.
 */
import { BoxTree } from './box-tree.ts';
import { boxesMeet, type Box } from './lattice.ts';
import { Part, type Dimension } from './part.ts';
import { boxOfPaths, type Coordinates, type Shape } from './shape.ts';
import { inStrips } from './strips.ts';

export interface Figure {
  readonly box: Box;
  readonly parts: readonly Part[];
  /** Over the boxes of several parts. */
  readonly tree: BoxTree | undefined;
}

function isPoint(xy: Coordinates): boolean {
  return xy.length < 4;
}

/** A point as an edge of length zero. */
function edgeOf(xy: Coordinates): Coordinates {
  return isPoint(xy) ? Float64Array.of(...xy, ...xy) : xy;
}

/** The part of some rings or lines; a path of one vertex is a point. */
export function partOfPaths(
  dimension: Dimension,
  paths: readonly Coordinates[],
  box = boxOfPaths(paths),
): Part {
  const areEdges = !paths.some(isPoint);
  return new Part(dimension, box, areEdges ? paths : paths.filter(({ length }) => length > 0).map(edgeOf));
}

function partOfPoints(points: Coordinates): Part {
  const indices = Array.from({ length: points.length / 2 }, (_, i) => 2 * i);
  const xy = new Float64Array(points.length * 2);
  inStrips(indices, (i) => [points[i] ?? NaN, points[i + 1] ?? NaN]).forEach((i, n) => {
    xy[4 * n] = xy[4 * n + 2] = points[i] ?? NaN;
    xy[4 * n + 1] = xy[4 * n + 3] = points[i + 1] ?? NaN;
  });
  return new Part(0, boxOfPaths([points]), [xy]);
}

/** The figure of `parts`, which lie in `box`. */
export function figureOfParts(box: Box, parts: readonly Part[]): Figure {
  if (parts.length < 2) return { box, parts, tree: undefined };
  const inOrder = inStrips(parts, (part) => [part.box[0], part.box[1]]);
  return { box, parts: inOrder, tree: new BoxTree(Float64Array.from(inOrder.flatMap((part) => part.box))) };
}

/** The figure of `shape`; with a `window`, polygons wholly outside of it are left out. */
export function figureOf({ points, lines, polygons, box }: Shape, window?: Box): Figure {
  const [only] = polygons;
  // An only polygon, as most features are, has the box of its shape.
  if (only !== undefined && polygons.length === 1 && points.length === 0 && lines.length === 0) {
    return { box, parts: [partOfPaths(2, only, box)], tree: undefined };
  }
  const parts: Part[] = [];
  if (points.length > 0) parts.push(partOfPoints(points));
  if (lines.length > 0) parts.push(partOfPaths(1, lines));
  for (const rings of polygons) {
    const own = boxOfPaths(rings);
    if (window === undefined || boxesMeet(own, window)) parts.push(partOfPaths(2, rings, own));
  }
  return figureOfParts(box, parts);
}

/** Whether `test` holds for any part whose box shares a point with `box`; an only part is always tested. */
export function somePart({ parts, tree }: Figure, box: Box, test: (part: Part) => boolean): boolean {
  if (tree === undefined) return parts[0] !== undefined && test(parts[0]);
  return tree.some(box, (i) => {
    const part = parts[i];
    return part !== undefined && test(part);
  });
}
