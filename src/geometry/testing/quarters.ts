/**
 * Random quadtrees over a shape, with what each leaf knows of it: as the index cuts it up,
 * but with cells of any whole size at any place.
 */
import type { Box } from '../lattice.ts';
import { localParts, narrowParts, type LocalPart } from '../local.ts';
import type { Shape } from '../shape.ts';
import { whole, type Random } from './random-drawing.ts';

export interface Leaf {
  readonly cell: Box;
  readonly parts: readonly LocalPart[];
}

/** A square cell with a side of a power of two that holds `box`, often with its corner on it. */
export function cellAround([minX, minY, maxX, maxY]: Box, random: Random): Box {
  const extent = Math.max(maxX - minX, maxY - minY, 1);
  const side = 2 ** (Math.ceil(Math.log2(extent)) + whole(random, 0, 1));
  const [x, y] = [
    minX - whole(random, 0, side - (maxX - minX)),
    minY - whole(random, 0, side - (maxY - minY)),
  ];
  return random() < 0.5 ? [minX, minY, minX + side, minY + side] : [x, y, x + side, y + side];
}

export function quartersOf([minX, minY, maxX, maxY]: Box): readonly Box[] {
  const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2];
  return [
    [minX, minY, x, y],
    [x, minY, maxX, y],
    [minX, y, x, maxY],
    [x, y, maxX, maxY],
  ];
}

function divide({ cell, parts }: Leaf, depth: number, random: Random, leaves: Leaf[]): void {
  if (depth === 0 || cell[2] - cell[0] < 2 || random() < (parts.length > 0 ? 0.2 : 0.7)) {
    leaves.push({ cell, parts });
    return;
  }
  for (const quarter of quartersOf(cell)) {
    divide({ cell: quarter, parts: narrowParts(parts, cell, quarter) }, depth - 1, random, leaves);
  }
}

/** The leaves of a random quadtree that holds `shape`. */
export function randomLeaves(shape: Shape, random: Random): Leaf[] {
  const cell = cellAround(shape.box, random);
  const leaves: Leaf[] = [];
  divide({ cell, parts: localParts(shape, cell) }, whole(random, 1, 4), random, leaves);
  return leaves;
}
