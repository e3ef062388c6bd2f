/**
 * Whether one shape contains another, exactly: no point of the second lies outside the
 * first, and their interiors share a point (OGC's `contains`, for every kind of shape).
 *
 * The interior of a polygon is what lies within its rings and not on them, by the
 * even-odd rule; that of lines is all but the ends at which an odd number of lines end;
 * that of points is the points. The interior of a shape is that of its parts together. A
 * ring without area counts as a line when contained, and contains nothing.
 *
 * Where an area exceeds another, what exceeds has a border to its left, which is a piece
 * of a ring of one or the other. So the rings are cut into pieces where they meet, and
 * the right side of each piece is looked at.
 */
import { edgesCross } from './edge.ts';
import { boxOfEdge, figureOf, someEdge, type Figure } from './figure.ts';
import { boxCovers } from './lattice.ts';
import { vertexProbe, type Probe } from './locate.ts';
import { middlesOfPieces } from './pieces.ts';
import type { Coordinates, Shape } from './shape.ts';
import { isLineEnd, surroundings } from './surroundings.ts';

/** Where something of the second shape lies in the first. */
type Place = 'interior' | 'boundary' | 'outside';

function placeOfPoint(a: Figure, xy: Coordinates, i: number): Place {
  const { isInside, isOnPoint, isOnLine, isOnRing } = surroundings(a, vertexProbe(xy, i));
  if (isInside || isOnPoint || (isOnLine && !isLineEnd(a, xy[i] ?? NaN, xy[i + 1] ?? NaN))) return 'interior';
  return isOnLine || isOnRing ? 'boundary' : 'outside';
}

/** The place of the piece, of a line or ring of `b`, whose middle is `middle`. */
function placeOfPiece(a: Figure, b: Figure, middle: Probe): Place {
  const [inA, inB] = [surroundings(a, middle), surroundings(b, middle)];
  if (inB.hasAreaBeside) return inA.hasAreaBeside ? 'interior' : 'outside';
  if (inA.isInside || inA.isOnLine) return 'interior';
  return inA.isOnRing ? 'boundary' : 'outside';
}

/** Whether the edge at `i` meets any line or ring of `figure`. */
function touches(xy: Coordinates, i: number, figure: Figure): boolean {
  return someEdge(
    figure,
    boxOfEdge(xy, i),
    (other, j, { part }) => part.dimension > 0 && edgesCross(xy, i, other, j),
  );
}

function isPoint(xy: Coordinates, i: number): boolean {
  return xy[i] === xy[i + 2] && xy[i + 1] === xy[i + 3];
}

/**
 * The places of all edges of `xy`, a path of `b`. An edge that meets no edge of `a` lies
 * where the one before it ended; if that was outside, nobody asks any more.
 */
function* placesOfPath(a: Figure, b: Figure, xy: Coordinates): Generator<Place> {
  let isFollowing = false;
  for (let i = 0; i + 2 < xy.length; i += 2) {
    if (isPoint(xy, i)) {
      yield placeOfPoint(a, xy, i);
      continue;
    }
    if (touches(xy, i, a)) {
      for (const middle of middlesOfPieces(xy, i, [a, b])) yield placeOfPiece(a, b, middle);
    } else if (!isFollowing) {
      yield surroundings(a, vertexProbe(xy, i)).isInside ? 'interior' : 'outside';
    }
    isFollowing = true;
  }
}

/** Whether beside the edge at `i`, of a ring of `a`, there is area of `b` outside of `a`. */
function isExceeded(a: Figure, b: Figure, xy: Coordinates, i: number): boolean {
  if (isPoint(xy, i)) return false;
  if (!touches(xy, i, b) && !surroundings(b, vertexProbe(xy, i)).isInside) return false;
  return middlesOfPieces(xy, i, [a, b]).some(
    (middle) => surroundings(b, middle).hasAreaBeside && !surroundings(a, middle).hasAreaBeside,
  );
}

function figureContains(a: Figure, b: Figure): boolean {
  let sharesInterior = false;
  for (const { xy, start } of b.runs) {
    if (start > 0) continue;
    for (const place of placesOfPath(a, b, xy)) {
      if (place === 'outside') return false;
      sharesInterior ||= place === 'interior';
    }
  }
  if (!sharesInterior) return false;
  return !someEdge(a, b.box, (xy, i, { part }) => part.dimension === 2 && isExceeded(a, b, xy, i));
}

export interface PreparedContains {
  /** As `contains(a, b)`. */
  contains(b: Shape): boolean;
}

/** Makes `a` ready to be asked what it contains. Its coordinates must stay as they are. */
export function prepareContains(a: Shape): PreparedContains {
  const figure = figureOf(a);
  return { contains: (b) => boxCovers(a.box, b.box) && figureContains(figure, figureOf(b)) };
}

/** Whether `a` contains `b`. Use `prepareContains` where `a` is asked about more than once. */
export function contains(a: Shape, b: Shape): boolean {
  return boxCovers(a.box, b.box) && figureContains(figureOf(a), figureOf(b));
}
