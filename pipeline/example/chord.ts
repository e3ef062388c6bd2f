/**
 * Chords: where a line cuts through a polygon from side to side. A chord that runs
 * along an edge, meets another one, or leaves at a sharp angle is refused, because
 * rounding to centimetres would fold the pieces.
 */
import type { Random } from './random.ts';
import { onGrid, type Point } from './ring.ts';

/** The points p with normal · p = offset; `normal` has length 1 and points to the left. */
export interface Line {
  readonly normal: Point;
  readonly offset: number;
}

/** Where a chord meets the outline: on its vertex `index`, or on the edge that starts there. */
export interface ChordEnd {
  readonly index: number;
  readonly point: Point;
  readonly onVertex: boolean;
}

export interface Chord {
  readonly start: ChordEnd;
  readonly end: ChordEnd;
  /** Vertices between the ends. */
  readonly bends: readonly Point[];
}

/** Metres within which a chord goes to an existing vertex rather than make its own. */
const SNAP = 1.5;
/** Sine of the sharpest corner that a chord may make. */
const MIN_SINE = 0.15;

type Outline = readonly Point[];

/** The vertex at `index`, counted round and round. */
export function vertexAt(outline: Outline, index: number): Point {
  return outline[(index + outline.length) % outline.length] ?? [0, 0];
}

function endOn(outline: Outline, index: number, t: number): ChordEnd {
  const [a, b] = [vertexAt(outline, index), vertexAt(outline, index + 1)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const snap = Math.min(0.5, SNAP / length);
  if (t <= snap) return { index, point: a, onVertex: true };
  if (1 - t <= snap) return { index: (index + 1) % outline.length, point: b, onVertex: true };
  return { index, point: onGrid(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])), onVertex: false };
}

interface Crossing extends ChordEnd {
  /** Position along the line. */
  readonly along: number;
}

function findCrossings(outline: Outline, { normal, offset }: Line): Crossing[] {
  const side = outline.map(([x, y]) => normal[0] * x + normal[1] * y - offset);
  const crossings: Crossing[] = [];
  side.forEach((from, index) => {
    const to = side[(index + 1) % side.length] ?? 0;
    // Zero counts as left: a vertex on the line is crossed once, never twice.
    if (from >= 0 === to >= 0) return;
    const end = endOn(outline, index, from / (from - to));
    crossings.push({ ...end, along: normal[1] * end.point[0] - normal[0] * end.point[1] });
  });
  return crossings.sort((a, b) => a.along - b.along);
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) > 0 !== turn(a, b, d) > 0 && turn(c, d, a) > 0 !== turn(c, d, b) > 0;
}

/** Whether `to` leaves `corner` well away from the edge towards `along`. */
function isOpen(corner: Point, to: Point, along: Point): boolean {
  const [u, v] = [
    [to[0] - corner[0], to[1] - corner[1]],
    [along[0] - corner[0], along[1] - corner[1]],
  ] as const;
  const scale = Math.hypot(...u) * Math.hypot(...v);
  return u[0] * v[0] + u[1] * v[1] < 0 || Math.abs(u[0] * v[1] - u[1] * v[0]) > MIN_SINE * scale;
}

function isOpenEnd(outline: Outline, end: ChordEnd, to: Point): boolean {
  const before = vertexAt(outline, end.onVertex ? end.index - 1 : end.index);
  return isOpen(end.point, to, before) && isOpen(end.point, to, vertexAt(outline, end.index + 1));
}

function touches(end: ChordEnd, edge: number, count: number): boolean {
  return end.index === edge || (end.onVertex && (end.index + count - 1) % count === edge);
}

function isClear(outline: Outline, { start, end, bends }: Chord): boolean {
  const path = [start.point, ...bends, end.point];
  const [second, last] = [path[1] ?? end.point, path.at(-2) ?? start.point];
  if (!isOpenEnd(outline, start, second) || !isOpenEnd(outline, end, last)) return false;
  return outline.every((a, edge) => {
    if (touches(start, edge, outline.length) || touches(end, edge, outline.length)) return true;
    const b = vertexAt(outline, edge + 1);
    return path.every((from, i) => {
      const to = path[i + 1];
      return to === undefined || !meet(a, b, from, to);
    });
  });
}

/** Up to three vertices off the straight way from `a` to `b`. */
function bend(a: Point, b: Point, random: Random | undefined): Point[] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  if (!random) return [];
  const count = Math.min(random.integer(0, 3), Math.floor(length / 12));
  return Array.from({ length: count }, (_, i) => {
    const t = (i + random.uniform(0.7, 1.3)) / (count + 1);
    const off = random.uniform(-1, 1) * Math.min(0.03, 3 / length);
    return onGrid(a[0] + t * dx - off * dy, a[1] + t * dy + off * dx);
  });
}

export interface ChordOptions {
  readonly bends?: Random;
  /** Among several chords of one line, the one nearest to this point; else the longest. */
  readonly near?: Point;
}

/** The chord of `line` through the counter-clockwise `outline`; nothing when there is no clean one. */
export function findChord(outline: Outline, line: Line, { bends, near }: ChordOptions): Chord | null {
  const crossings = findCrossings(outline, line);
  let best: { score: number; start: Crossing; end: Crossing } | null = null;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [start, end] = [crossings[i], crossings[i + 1]];
    if (!start || !end) break;
    const [x, y] = [(start.point[0] + end.point[0]) / 2, (start.point[1] + end.point[1]) / 2];
    const score = near ? -Math.hypot(near[0] - x, near[1] - y) : end.along - start.along;
    if (!best || score > best.score) best = { score, start, end };
  }
  if (!best) return null;
  const chord = { ...best, bends: bend(best.start.point, best.end.point, bends) };
  return isClear(outline, chord) ? chord : null;
}
