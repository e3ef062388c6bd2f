/**
 * What a figure has around a point: which of its points, lines and rings pass through it,
 * and on which sides of it the figure's polygons, together, have area.
 */
import type { Figure } from './figure.ts';
import { locate, type Probe } from './locate.ts';

export interface Surroundings {
  /** Strictly within some polygon, and so on none of its rings. */
  isInside: boolean;
  onPoint: boolean;
  onLine: boolean;
  onRing: boolean;
  /**
   * Area on the side of +x, or, where the rings through the point are level, of +y. Of
   * use where all edges through the point lie on one line, as in the middle of a piece.
   */
  plus: boolean;
  /** Area on the other side. */
  minus: boolean;
}

/** What `figure` has around the point of `probe`. */
export function surroundings(figure: Figure, probe: Probe): Readonly<Surroundings> {
  const found = { isInside: false, onPoint: false, onLine: false, onRing: false, plus: false, minus: false };
  for (const part of figure.near(probe.box)) {
    const { odd, through } = locate(part, probe);
    if (part.dimension === 0) found.onPoint ||= through > 0;
    if (part.dimension === 1) found.onLine ||= through > 0;
    if (part.dimension < 2) continue;
    found.onRing ||= through > 0;
    found.isInside ||= odd && through === 0;
    found.plus ||= odd;
    // Crossing the edges through the point changes sides once for each of them.
    found.minus ||= odd !== (through % 2 === 1);
  }
  return found;
}

/** Whether, on some side of a point, there is area in `a` and none in `b`. */
export function fillsBeyond(a: Surroundings, b: Surroundings): boolean {
  return (a.plus && !b.plus) || (a.minus && !b.minus);
}

/** Whether an odd number of the figure's lines end at (x, y), which then is on their boundary. */
export function isLineEnd(figure: Figure, x: number, y: number): boolean {
  let ends = 0;
  for (const part of figure.near([x, y, x, y])) {
    if (part.dimension !== 1) continue;
    const { xy } = part;
    for (const i of part.near([x, y, x, y])) {
      if (part.startsChain(i) && xy[i] === x && xy[i + 1] === y) ends++;
      if (part.endsChain(i) && xy[i + 2] === x && xy[i + 3] === y) ends++;
    }
  }
  return ends % 2 === 1;
}
