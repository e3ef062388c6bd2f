/**
 * What a figure has around a point: which of its points, lines and rings pass through it,
 * and whether its polygons, together, have area beside it.
 */
import { someEdge, type Figure, type Part } from './figure.ts';
import { locate, type Probe } from './locate.ts';

export interface Surroundings {
  /** Strictly within some polygon, and so on none of its rings. */
  readonly isInside: boolean;
  readonly isOnPoint: boolean;
  readonly isOnLine: boolean;
  readonly isOnRing: boolean;
  /**
   * Area right beside the point, on the side of +x, or above where the rings are level.
   * Of use where all rings through the point lie on one line, as in the middle of a piece.
   */
  readonly hasAreaBeside: boolean;
}

/** What `figure` has around the point of `probe`. */
export function surroundings(figure: Figure, probe: Probe): Surroundings {
  const { over, on } = locate(figure, probe);
  const isOn = (dimension: Part['dimension']): boolean =>
    Array.from(on).some((part) => part.dimension === dimension);
  const around = Array.from(over).filter(({ dimension }) => dimension === 2);
  return {
    isInside: around.some((part) => !on.has(part)),
    isOnPoint: isOn(0),
    isOnLine: isOn(1),
    isOnRing: isOn(2),
    // The ray leaves out the edges through the point, so it starts to the right of them.
    hasAreaBeside: around.length > 0,
  };
}

/** Whether an odd number of the figure's lines end at (x, y), which then is on their boundary. */
export function isLineEnd(figure: Figure, x: number, y: number): boolean {
  let ends = 0;
  const box = [x, y, x, y] as const;
  someEdge(figure, box, (xy, i, { part }) => {
    if (part.dimension !== 1) return false;
    if (i === 0 && xy[0] === x && xy[1] === y) ends++;
    if (i + 4 >= xy.length && xy[i + 2] === x && xy[i + 3] === y) ends++;
    return false;
  });
  return ends % 2 === 1;
}
