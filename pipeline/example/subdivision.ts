/**
 * A plane cut into faces that share their vertices. When a cut ends in the middle of
 * an edge, that edge is remembered as split, so the neighbour on its other side gets
 * the same vertex when its outline is asked for: no gap, no overlap, as on a plan
 * that a surveyor drew. A cut that would leave a sliver is refused.
 */
import { findChord, type Chord, type ChordEnd, type ChordOptions, type Line } from './chord.ts';
import { compactness, signedArea, type Point, type Ring } from './ring.ts';

/** Vertex numbers, counter-clockwise, the first not repeated. */
export type Face = readonly number[];

export interface CutOptions extends ChordOptions {
  /** Lets the left piece be a sliver: a street. */
  readonly thinLeft?: boolean;
}

/** Left and right of the line's direction. */
export type Halves = readonly [left: Face, right: Face];

/** Square metres, and compactness, under which a piece is a sliver. */
const MIN_AREA = 12;
const MIN_COMPACTNESS = 0.15;

/** Edge keys hold two vertex numbers below 2^26, 67 million. */
const KEY = 2 ** 26;

/** What lies strictly between two places of a closed outline. */
function between<T>(outline: readonly T[], from: ChordEnd, to: ChordEnd): T[] {
  const last = to.onVertex ? to.index - 1 : to.index;
  return last > from.index
    ? outline.slice(from.index + 1, last + 1)
    : [...outline.slice(from.index + 1), ...outline.slice(0, last + 1)];
}

/** The two sides of a chord, whose own places are `path`, over anything that stands for places. */
function divide<T>(outline: readonly T[], chord: Chord, path: readonly T[]): readonly [T[], T[]] {
  return [
    [...path, ...between(outline, chord.end, chord.start)],
    [...[...path].reverse(), ...between(outline, chord.start, chord.end)],
  ];
}

function close(points: readonly Point[]): Ring {
  const [first] = points;
  return first ? [...points, first] : points;
}

function isSliver(points: readonly Point[]): boolean {
  const ring = close(points);
  return signedArea(ring) < MIN_AREA || compactness(ring) < MIN_COMPACTNESS;
}

export class Subdivision {
  readonly #points: Point[] = [];
  /** The vertex between two others. */
  readonly #splits = new Map<number, number>();

  /** A face from a closed counter-clockwise ring that shares nothing yet. */
  face(ring: Ring): Face {
    return ring.slice(0, -1).map((point) => this.#add(point));
  }

  /** The ring of a face, with every vertex that later cuts put on its edges. */
  outline(face: Face): Ring {
    return close(this.#expand(face).map((vertex) => this.#at(vertex)));
  }

  /** Cuts along `line`; nothing when the line misses the face or a piece would be a sliver. */
  cut(face: Face, line: Line, options: CutOptions = {}): Halves | null {
    const outline = this.#expand(face);
    const points = outline.map((vertex) => this.#at(vertex));
    const chord = findChord(points, line, options);
    if (!chord) return null;
    const [left, right] = divide(points, chord, [chord.start.point, ...chord.bends, chord.end.point]);
    const thin = options.thinLeft === true ? left.length < 4 : isSliver(left);
    return thin || isSliver(right) ? null : this.#commit(outline, chord);
  }

  /**
   * Leaves a street of `width` metres out along `line`, and gives the faces on its
   * sides. Without room for the street the two sides touch.
   */
  pave(face: Face, line: Line, width: number): readonly Face[] | null {
    const first = this.cut(face, { ...line, offset: line.offset + width / 2 });
    if (!first) return null;
    const { middle: near, length } = this.#firstEdge(first[0]);
    const farSide = { ...line, offset: line.offset - width / 2 };
    const second = this.cut(first[1], farSide, { near, thinLeft: true });
    if (!second) return first;
    const [street, right] = second;
    // In a face with bays the line may leave more than a street between its two cuts.
    const isStreet = signedArea(this.outline(street)) < 1.6 * width * length;
    return isStreet ? [first[0], right] : [first[0], street, right];
  }

  #commit(outline: Face, chord: Chord): Halves {
    const place = (end: ChordEnd): number => {
      const [a, b] = [outline[end.index] ?? 0, outline[(end.index + 1) % outline.length] ?? 0];
      return end.onVertex ? a : this.#split(a, b, end.point);
    };
    const bends = chord.bends.map((point) => this.#add(point));
    return divide(outline, chord, [place(chord.start), ...bends, place(chord.end)]);
  }

  #add(point: Point): number {
    return this.#points.push(point) - 1;
  }

  #at(vertex: number): Point {
    return this.#points[vertex] ?? [0, 0];
  }

  #split(a: number, b: number, point: Point): number {
    const vertex = this.#add(point);
    this.#splits.set(Math.min(a, b) * KEY + Math.max(a, b), vertex);
    return vertex;
  }

  /** The face with all vertices of its edges. */
  #expand(face: Face): number[] {
    const expanded: number[] = [];
    const walk = (a: number, b: number): void => {
      const middle = this.#splits.get(Math.min(a, b) * KEY + Math.max(a, b));
      if (middle === undefined) expanded.push(a);
      else {
        walk(a, middle);
        walk(middle, b);
      }
    };
    face.forEach((vertex, i) => {
      walk(vertex, face[(i + 1) % face.length] ?? vertex);
    });
    return expanded;
  }

  /** The first edge of a face that was just cut is the chord of the cut. */
  #firstEdge(face: Face): { readonly middle: Point; readonly length: number } {
    const [a, b] = [this.#at(face[0] ?? 0), this.#at(face[1] ?? 0)];
    return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], length: Math.hypot(b[0] - a[0], b[1] - a[1]) };
  }
}
