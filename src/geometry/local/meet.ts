/**
 * Whether a query meets the local parts of a feature in a closed cell of the index.
 * `part.ts` says why the answer is exact. Refuses nothing: parts come checked.
 */
import { probeInto } from '../along.ts';
import { boxOfEdge, figureOfParts, someEdge, type Figure } from '../figure.ts';
import { edgesOfFiguresMeet, figuresMeet, startsWithin } from '../intersects.ts';
import { boxesMeet, type Box } from '../lattice.ts';
import { locate, vertexProbe } from '../locate.ts';
import { boxOfPaths, type Coordinates } from '../shape.ts';
import { endsOver, type LocalPart } from './part.ts';

/** Whether `query` shares a point with the closed `box`, in lattice steps. */
export function meetsBox(query: Figure, box: Box): boolean {
  const [minX, minY, maxX, maxY] = box;
  const ring = Float64Array.of(minX, minY, maxX, minY, maxX, maxY, minX, maxY, minX, minY);
  return figuresMeet(query, figureOfParts(box, [{ dimension: 2, paths: [ring] }]));
}

/** Whether the edge at `i` begins in the closed `cell`, with its path, or enters it. */
function beginsIn(cell: Box, xy: Coordinates, i: number): boolean {
  if (i > 0 && boxesMeet(vertexProbe(xy, i).box, cell)) return false;
  const edge = [{ dimension: 1, paths: [xy.subarray(i, i + 4)] }] as const;
  return meetsBox(figureOfParts(boxOfEdge(xy, i), edge), cell);
}

function meetsPart(query: Figure, { dimension, isOver, chains }: LocalPart, cell: Box): boolean {
  const part = figureOfParts(boxOfPaths(chains), [{ dimension, paths: chains }]);
  if (edgesOfFiguresMeet(part, query) || startsWithin(part, query)) return true;
  // Each stretch of the query in the cell is asked once: where it begins, or enters the cell.
  const startsOver = (xy: Coordinates, i: number): boolean => {
    if (!beginsIn(cell, xy, i)) return false;
    const probe = probeInto(xy, i, cell);
    const isOverOdd = locate(part, probe).over.size > 0;
    return (isOver !== isOverOdd) !== endsOver(chains, cell[2], probe.box[1]);
  };
  return dimension === 2 && someEdge(query, cell, startsOver);
}

/**
 * Whether `query` shares a point with the feature whose parts in the closed `cell` are
 * `parts`. True only if they do, in the cell or, along an edge listed, near it; always
 * true if they share a point of the cell.
 */
export function meetsLocally(query: Figure, parts: readonly LocalPart[], cell: Box): boolean {
  return parts.some((part) => (part.covers ? meetsBox(query, cell) : meetsPart(query, part, cell)));
}
