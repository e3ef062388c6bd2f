/**
 * Whether a query meets the local parts of a feature in a closed cell of the index.
 * `part.ts` says why the answer is exact. Refuses nothing: parts come checked.
 */
import { probeInto } from '../along.ts';
import { passesThrough } from '../edge.ts';
import { figureOfParts, somePart, type Figure } from '../figure.ts';
import { edgesOfPartsMeet, figuresMeet, startsWithin } from '../intersects.ts';
import type { Box } from '../lattice.ts';
import { locate, vertexProbe, type Probe } from '../locate.ts';
import { partOfPaths, someEdge, type Part } from '../part.ts';
import type { Coordinates } from '../shape.ts';
import { endsOver, type LocalPart } from './part.ts';

/** Whether `query` shares a point with the closed `box`, in lattice steps. */
export function meetsBox(query: Figure, box: Box): boolean {
  const [minX, minY, maxX, maxY] = box;
  const ring = Float64Array.of(minX, minY, maxX, minY, maxX, maxY, minX, maxY, minX, minY);
  return figuresMeet(query, figureOfParts(box, [partOfPaths(2, [ring], box)]));
}

function holdsVertex(box: Box, xy: Coordinates, i: number): boolean {
  const [x, y] = [xy[i] ?? NaN, xy[i + 1] ?? NaN];
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

/** Whether `isOver` holds on any stretch in the closed `cell` of the edges of `part`; each is asked once. */
function someStretch(part: Part, cell: Box, isOver: (probe: Probe) => boolean): boolean {
  return someEdge(part, cell, (xy, i) => {
    // A stretch that does not begin with its chain enters the cell, at a vertex or within an edge.
    if (holdsVertex(cell, xy, i)) return i === 0 && isOver(vertexProbe(xy, i));
    if (holdsVertex(cell, xy, i + 2)) return isOver(vertexProbe(xy, i + 2));
    return passesThrough(xy, i, cell) && isOver(probeInto(xy, i, cell));
  });
}

function meetsPart(query: Figure, { dimension, isOver, chains }: LocalPart, cell: Box): boolean {
  const part = partOfPaths(dimension, chains);
  if (somePart(query, part.box, (other) => edgesOfPartsMeet(part, other) || startsWithin(part, other)))
    return true;
  const isOverAt = (probe: Probe): boolean =>
    (isOver !== locate(part, probe).isOverOdd) !== endsOver(chains, cell[2], probe.box[1]);
  return dimension === 2 && somePart(query, cell, (other) => someStretch(other, cell, isOverAt));
}

/**
 * Whether `query` shares a point with the feature whose parts in the closed `cell` are
 * `parts`. True only if they do, in the cell or, along an edge listed, near it; always
 * true if they share a point of the cell.
 */
export function meetsLocally(query: Figure, parts: readonly LocalPart[], cell: Box): boolean {
  return parts.some((part) => (part.covers ? meetsBox(query, cell) : meetsPart(query, part, cell)));
}
