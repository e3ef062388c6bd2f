/**
 * A figure: a shape made ready for questions, the edges of its parts in trees. Making
 * one reads every vertex; questions then open only what is near.
 */
import { BoxTree, emptyBoxes } from './box-tree.ts';
import { chainsOfPaths, chainsOfPoints } from './chains.ts';
import { EdgeTree } from './edge-tree.ts';
import { boxesMeet, type Box } from './lattice.ts';
import { boxOfPaths, type Shape } from './shape.ts';
import { inStrips } from './strips.ts';

export class Figure {
  readonly box: Box;
  /** All points in one tree, all lines in one, each polygon in its own. */
  readonly parts: readonly EdgeTree[];
  private readonly partBoxes: BoxTree | undefined;

  constructor(box: Box, parts: readonly EdgeTree[]) {
    this.box = box;
    this.parts = inStrips(parts, (part) => [part.box[0], part.box[1]]);
    this.partBoxes = parts.length > 1 ? packParts(this.parts) : undefined;
  }

  /** The parts whose box shares a point with `box`. */
  near(box: Box): EdgeTree[] {
    const found: EdgeTree[] = [];
    this.some(box, (part) => found.push(part) < 0);
    return found;
  }

  /** Whether `test` holds for any part whose box shares a point with `box`. */
  some(box: Box, test: (part: EdgeTree) => boolean): boolean {
    const testAt = (i: number): boolean => {
      const part = this.parts[i];
      return part !== undefined && test(part);
    };
    return this.partBoxes === undefined ? testAt(0) : this.partBoxes.some(box, testAt);
  }
}

function packParts(parts: readonly EdgeTree[]): BoxTree {
  const boxes = emptyBoxes(parts.length);
  parts.forEach((part, i) => {
    boxes.set(part.box, 4 * i);
  });
  return new BoxTree(boxes);
}

/** The figure of `shape`; with a `window`, polygons wholly outside of it are left out. */
export function figureOf(shape: Shape, window?: Box): Figure {
  const { points, lines, polygons, box } = shape;
  const rings = polygons[0];
  // A single polygon, as most features are, has the box of its shape.
  if (rings !== undefined && polygons.length === 1 && points.length === 0 && lines.length === 0) {
    return new Figure(box, [new EdgeTree(2, box, chainsOfPaths(rings))]);
  }
  return new Figure(box, partsOf(shape, window));
}

function partsOf({ points, lines, polygons }: Shape, window: Box | undefined): EdgeTree[] {
  const parts: EdgeTree[] = [];
  if (points.length > 0) parts.push(new EdgeTree(0, boxOfPaths([points]), chainsOfPoints(points)));
  if (lines.length > 0) parts.push(new EdgeTree(1, boxOfPaths(lines), chainsOfPaths(lines)));
  for (const rings of polygons) {
    const box = boxOfPaths(rings);
    if (window === undefined || boxesMeet(box, window)) {
      parts.push(new EdgeTree(2, box, chainsOfPaths(rings)));
    }
  }
  return parts;
}
