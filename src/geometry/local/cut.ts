/**
 * Cuts shapes into local parts, for the writer of the index: once for the cell that holds
 * all of a shape, then level by level, so that each cell looks only at the edges of the
 * one above it. `part.ts` says what parts are and why they suffice. Refuses nothing: a
 * shape comes validated.
 */
import { orientation, passesThrough } from '../edge.ts';
import { boxCovers, boxesMeet, type Box } from '../lattice.ts';
import type { Coordinates, Shape } from '../shape.ts';
import { endsOver, type LocalPart } from './part.ts';

/** Where a vertex lies beside a box, as bits; 0 in it. */
const LEFT = 1;
const RIGHT = 2;
const BELOW = 4;
const ABOVE = 8;

function sideOf(x: number, y: number, box: Box): number {
  return (x < box[0] ? LEFT : x > box[2] ? RIGHT : 0) | (y < box[1] ? BELOW : y > box[3] ? ABOVE : 0);
}

/** Cuts paths, one after the other, to what meets a closed cell. */
class Cut {
  readonly chains: Coordinates[] = [];
  /** Whether an odd number of the edges left out cross the ray from the cell's upper right corner to +x. */
  isOver = false;
  private readonly cell: Box;

  constructor(cell: Box) {
    this.cell = cell;
  }

  /** Cuts a path; of a closed one, the run at its end continues with the one at its start. */
  add(xy: Coordinates): void {
    const end = xy.length - 2;
    const before = this.chains.length;
    // A path of one vertex is an edge of length zero.
    if (end === 0 && sideOf(xy[0] ?? NaN, xy[1] ?? NaN, this.cell) === 0) this.chains.push(xy);
    const start = this.addRuns(xy, end);
    if (start < 0) return;
    const first = this.chains[before];
    const isClosed = xy[0] === xy[end] && xy[1] === xy[end + 1];
    if (start === 0) this.chains.push(xy);
    else if (isClosed && first !== undefined && first.byteOffset === xy.byteOffset) {
      this.chains[before] = joined(xy.subarray(start), first);
    } else this.chains.push(xy.subarray(start));
  }

  /** Adds the runs of edges that meet the cell but the one that reaches the end; returns its start, or -1. */
  private addRuns(xy: Coordinates, end: number): number {
    const { cell } = this;
    let start = -1;
    let from = sideOf(xy[0] ?? NaN, xy[1] ?? NaN, cell);
    for (let i = 0; i < end; i += 2) {
      const to = sideOf(xy[i + 2] ?? NaN, xy[i + 3] ?? NaN, cell);
      if ((from & to) === 0 && (from === 0 || to === 0 || passesThrough(xy, i, cell))) {
        if (start < 0) start = i;
      } else {
        if (start >= 0) this.chains.push(xy.subarray(start, i + 2));
        start = -1;
        this.leaveOut(xy, i, from, to);
      }
      from = to;
    }
    return start;
  }

  /** The edge at `i`, which does not meet the cell, may cross the ray from its corner. */
  private leaveOut(xy: Coordinates, i: number, from: number, to: number): void {
    if (((from ^ to) & ABOVE) === 0 || ((from | to) & RIGHT) === 0) return;
    // Where only one end is to the right, the corner is left of an edge that goes up, or right of one that goes down.
    const isRight =
      (from & to & RIGHT) !== 0 ||
      orientation(xy, i, this.cell[2], this.cell[3]) > 0 === ((to & ABOVE) !== 0);
    if (isRight) this.isOver = !this.isOver;
  }
}

function joined(head: Coordinates, tail: Coordinates): Coordinates {
  const chain = new Float64Array(head.length + tail.length - 2);
  chain.set(head);
  chain.set(tail, head.length - 2);
  return chain;
}

/** `part`, of the cell `from`, in `cell`; undefined where it does not meet it. */
function narrowPart(part: LocalPart, from: Box, cell: Box): LocalPart | undefined {
  if (part.covers) return part;
  const { dimension, chains } = part;
  const cut = new Cut(cell);
  for (const chain of chains) cut.add(chain);
  if (dimension < 2) {
    return cut.chains.length > 0
      ? { dimension, covers: false, isOver: false, chains: cut.chains }
      : undefined;
  }
  const isOver =
    part.isOver !==
    (cut.isOver !== (endsOver(chains, from[2], cell[3]) !== endsOver(cut.chains, cell[2], cell[3])));
  const covers = cut.chains.length === 0;
  return covers && !isOver ? undefined : { dimension, covers, isOver, chains: cut.chains };
}

/**
 * The parts of `parts`, which are of the cell `from`, that meet `cell`, which lies in
 * `from`: as `localParts` of the whole shape.
 */
export function narrowParts(parts: readonly LocalPart[], from: Box, cell: Box): LocalPart[] {
  const narrowed: LocalPart[] = [];
  for (const part of parts) {
    const kept = narrowPart(part, from, cell);
    if (kept !== undefined) narrowed.push(kept);
  }
  return narrowed;
}

function addPart(parts: LocalPart[], dimension: LocalPart['dimension'], paths: readonly Coordinates[]): void {
  const chains = paths.some((path) => path.length === 0) ? paths.filter((path) => path.length > 0) : paths;
  if (chains.length > 0) parts.push({ dimension, covers: false, isOver: false, chains });
}

/** All of a shape as parts: right in any cell that holds its box. */
function wholeParts({ points, lines, polygons }: Shape): LocalPart[] {
  const parts: LocalPart[] = [];
  const places: Coordinates[] = [];
  for (let i = 0; i < points.length; i += 2) places.push(points.subarray(i, i + 2));
  addPart(parts, 0, places);
  addPart(parts, 1, lines);
  for (const rings of polygons) addPart(parts, 2, rings);
  return parts;
}

/**
 * What the closed `cell`, in lattice steps, must know of `shape`; empty where they share
 * no point. Chains are views of the shape's own coordinates where they can be.
 */
export function localParts(shape: Shape, cell: Box): LocalPart[] {
  const { box } = shape;
  if (!boxesMeet(box, cell)) return [];
  const parts = wholeParts(shape);
  return boxCovers(cell, box) ? parts : narrowParts(parts, box, cell);
}
