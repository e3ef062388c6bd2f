/**
 * Where a point lies towards polygons: by the even-odd rule over all rings of each,
 * counting the edges that a ray from the point towards +x crosses. A stretch of ring
 * wholly to the right of the point crosses the ray an odd number of times exactly when
 * its ends lie on either side of it, so only boxes around the point are ever opened.
 */
import { orientation } from './edge.ts';
import { someEdge, type Figure, type Part, type Run } from './figure.ts';
import { boxesMeet, type Box } from './lattice.ts';
import type { Coordinates } from './shape.ts';

/** A point to locate; not always on the lattice. */
export interface Probe {
  /** The smallest box with its corners on the lattice that holds the point. */
  readonly box: Box;
  /** On which side of the edge at index `i` it lies, as `orientation` tells it. */
  readonly side: (xy: Coordinates, i: number) => number;
}

/** The probe of the lattice point (x, y). */
export function latticeProbe(x: number, y: number): Probe {
  return { box: [x, y, x, y], side: (xy, i) => orientation(xy, i, x, y) };
}

/** The probe of the vertex at index `i`. */
export function vertexProbe(xy: Coordinates, i: number): Probe {
  return latticeProbe(xy[i] ?? NaN, xy[i + 1] ?? NaN);
}

export interface Standing {
  /** The parts of which the ray crosses an odd number of edges, not counting those through the point. */
  readonly over: ReadonlySet<Part>;
  /** The parts of which an edge passes through the point. */
  readonly on: ReadonlySet<Part>;
}

/** Where `probe` lies towards the parts of `figure`. */
export function locate(figure: Figure, { box: [left, bottom, right, top], side }: Probe): Standing {
  const over = new Set<Part>();
  const on = new Set<Part>();
  /** Counts a stretch between vertices on either side of the ray, which runs just above the point. */
  const count = ({ part, xy }: Run, i: number, j: number): void => {
    const isAstride = (xy[i + 1] ?? NaN) > bottom !== (xy[j + 1] ?? NaN) > bottom;
    if (isAstride && !over.delete(part)) over.add(part);
  };
  const meet = (xy: Coordinates, i: number, run: Run): false => {
    const isRight = (xy[i] ?? NaN) > left && (xy[i + 2] ?? NaN) > left;
    const way = isRight ? NaN : side(xy, i);
    if (way === 0) on.add(run.part);
    else if (isRight || way > 0 === (xy[i + 3] ?? NaN) > (xy[i + 1] ?? NaN)) count(run, i, i + 2);
    return false;
  };
  // The point's own box and all to the right of it; with the top at the bottom, only what reaches both.
  someEdge(figure, [right, top, Infinity, bottom], meet, (minX, first, last) => {
    const isSettled = minX > left && first.xy === last.xy;
    if (isSettled) count(first, first.start, last.end);
    return isSettled;
  });
  return { over, on };
}

/** Whether `probe`, which is on no edge of `figure`, lies within any of its polygons. */
export function isWithin(figure: Figure, probe: Probe): boolean {
  if (!boxesMeet(figure.box, probe.box)) return false;
  for (const { dimension } of locate(figure, probe).over) if (dimension === 2) return true;
  return false;
}
