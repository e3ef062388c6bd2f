/**
 * What a figure has around a point: which of its points, lines and rings pass through it,
 * and whether its polygons, together, have area beside it.
 */
import { somePart, type Figure } from './figure.ts';
import { locate, type Probe } from './locate.ts';
import { someEdge } from './part.ts';

export interface Surroundings {
  /** Strictly within some polygon, and so on none of its rings. */
  isInside: boolean;
  isOnPoint: boolean;
  isOnLine: boolean;
  isOnRing: boolean;
  /**
   * Area right beside the point, on the side of +x, or above where the rings are level.
   * Of use where all rings through the point lie on one line, as in the middle of a piece.
   */
  hasAreaBeside: boolean;
}

/** What `figure` has around the point of `probe`. */
export function surroundings(figure: Figure, probe: Probe): Readonly<Surroundings> {
  const found = { isInside: false, isOnPoint: false, isOnLine: false, isOnRing: false, hasAreaBeside: false };
  somePart(figure, probe.box, (part) => {
    const { isOverOdd, isOnEdge } = locate(part, probe);
    if (part.dimension === 0) found.isOnPoint ||= isOnEdge;
    else if (part.dimension === 1) found.isOnLine ||= isOnEdge;
    else {
      found.isOnRing ||= isOnEdge;
      found.isInside ||= isOverOdd && !isOnEdge;
      // The ray leaves out the edges through the point, so it starts to the right of them.
      found.hasAreaBeside ||= isOverOdd;
    }
    return false;
  });
  return found;
}

/** Whether an odd number of the figure's lines end at (x, y), which then is on their boundary. */
export function isLineEnd(figure: Figure, x: number, y: number): boolean {
  let ends = 0;
  const box = [x, y, x, y] as const;
  somePart(figure, box, (part) => {
    if (part.dimension !== 1) return false;
    return someEdge(part, box, (xy, i) => {
      if (i === 0 && xy[0] === x && xy[1] === y) ends++;
      if (i + 4 >= xy.length && xy[i + 2] === x && xy[i + 3] === y) ends++;
      return false;
    });
  });
  return ends % 2 === 1;
}
