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
import { edgesMeet } from './edge.ts';
import type { EdgeTree } from './edge-tree.ts';
import { figureOf, type Figure } from './figure.ts';
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

/** Whether the edge at `i` of `tree` meets any line or ring of `figure`. */
function touches(tree: EdgeTree, i: number, figure: Figure): boolean {
  const box = tree.boxAt(i);
  return figure.some(
    box,
    (part) => part.dimension > 0 && part.some(box, (j) => edgesMeet(tree.xy, i, part.xy, j)),
  );
}

/**
 * The places of all edges of `part`, a part of `b`. An edge that meets no edge of `a` lies
 * where the one before it ended; if that was outside, nobody asks any more.
 */
function* placesOfEdges(a: Figure, b: Figure, part: EdgeTree): Generator<Place> {
  const { xy } = part;
  let isFollowing = false;
  for (let i = 0; i + 2 < xy.length; i += 2) {
    if (!part.connects(i, i + 2)) continue;
    isFollowing &&= !part.startsChain(i);
    if (part.isPoint(i)) {
      yield placeOfPoint(a, xy, i);
      continue;
    }
    if (touches(part, i, a)) {
      for (const middle of middlesOfPieces(part, i, [a, b])) yield placeOfPiece(a, b, middle);
    } else if (!isFollowing) {
      yield surroundings(a, vertexProbe(xy, i)).isInside ? 'interior' : 'outside';
    }
    isFollowing = true;
  }
}

/** Whether beside the edge at `i` of `ring`, a ring of `a`, there is area of `b` outside of `a`. */
function isExceeded(a: Figure, b: Figure, ring: EdgeTree, i: number): boolean {
  if (ring.isPoint(i)) return false;
  if (!touches(ring, i, b) && !surroundings(b, vertexProbe(ring.xy, i)).isInside) return false;
  return middlesOfPieces(ring, i, [a, b]).some(
    (middle) => surroundings(b, middle).hasAreaBeside && !surroundings(a, middle).hasAreaBeside,
  );
}

export function figureContains(a: Figure, b: Figure): boolean {
  let sharesInterior = false;
  for (const part of b.parts) {
    for (const place of placesOfEdges(a, b, part)) {
      if (place === 'outside') return false;
      sharesInterior ||= place === 'interior';
    }
  }
  if (!sharesInterior) return false;
  return !a.some(b.box, (part) => part.dimension === 2 && part.some(b.box, (i) => isExceeded(a, b, part, i)));
}

/** Whether `a` contains `b`. `prepare` the one that is asked about more than once. */
export function contains(a: Shape, b: Shape): boolean {
  return boxCovers(a.box, b.box) && figureContains(figureOf(a, b.box), figureOf(b));
}
