/**
 * All edges of a polygon, or of some lines or points, in the order of their vertices,
 * with a tree of boxes over runs of them. A chain is a connected sequence of edges: a
 * ring, a line, or a single point (one edge of length zero).
 */
import { BoxTree, emptyBoxes, FANOUT, widen } from './box-tree.ts';
import type { Chains } from './chains.ts';
import { edgesMeet } from './edge.ts';
import type { Box } from './lattice.ts';
import type { Coordinates } from './shape.ts';

/** Up to so many edges it is quicker to look at each than to make and read boxes over them. */
const FEW = 2 * FANOUT;

/** The box of each run of `FANOUT` edges. */
function packRuns(xy: Coordinates): BoxTree {
  const edges = xy.length / 2 - 1;
  const boxes = emptyBoxes(Math.ceil(edges / FANOUT));
  for (let edge = 0; edge < edges; edge++) {
    const run = 4 * Math.floor(edge / FANOUT);
    widen(boxes, run, xy[2 * edge] ?? NaN, xy[2 * edge + 1] ?? NaN);
    widen(boxes, run, xy[2 * edge + 2] ?? NaN, xy[2 * edge + 3] ?? NaN);
  }
  return new BoxTree(boxes);
}

/** What a tree's edges bound or are: points, lines, or the rings of one polygon. */
export type Dimension = 0 | 1 | 2;

export class EdgeTree {
  readonly dimension: Dimension;
  readonly xy: Chains['xy'];
  readonly chains: Chains['of'];
  readonly box: Box;
  /** Over runs of `FANOUT` edges; none where the edges are few. */
  readonly runs: BoxTree | undefined;

  constructor(dimension: Dimension, box: Box, { xy, of }: Chains) {
    this.dimension = dimension;
    this.box = box;
    this.xy = xy;
    this.chains = of;
    this.runs = xy.length / 2 > FEW ? packRuns(xy) : undefined;
  }

  /** Whether `test` holds for the index of any edge whose box shares a point with `box`. */
  some(box: Box, test: (i: number) => boolean): boolean {
    if (this.runs === undefined) return this.someIn(0, box, test);
    return this.runs.some(box, (run) => this.someIn(run, box, test));
  }

  /** The indices of the edges whose box shares a point with `box`. */
  near(box: Box): number[] {
    const found: number[] = [];
    this.some(box, (i) => found.push(i) < 0);
    return found;
  }

  /** Whether the edge at `i` is the first of its chain. */
  startsChain(i: number): boolean {
    return i === 0 || !this.connects(i - 2, i);
  }

  /** Whether the edge at `i` is the last of its chain. */
  endsChain(i: number): boolean {
    return i + 4 >= this.xy.length || !this.connects(i + 2, i + 4);
  }

  /** Whether the vertices at `i` and at `j` are of one chain. */
  connects(i: number, j: number): boolean {
    return this.chains === undefined || this.chains[i / 2] === this.chains[j / 2];
  }

  /** Whether the edge at `i` is of length zero. */
  isPoint(i: number): boolean {
    return this.xy[i] === this.xy[i + 2] && this.xy[i + 1] === this.xy[i + 3];
  }

  /** The box of the edge at index `i`. */
  boxAt(i: number): Box {
    const { xy } = this;
    const x0 = xy[i] ?? NaN;
    const y0 = xy[i + 1] ?? NaN;
    const x1 = xy[i + 2] ?? NaN;
    const y1 = xy[i + 3] ?? NaN;
    return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
  }

  /** `some` among the run numbered `run`, or among all edges where there are no runs. */
  private someIn(run: number, box: Box, test: (i: number) => boolean): boolean {
    const { xy } = this;
    const end = this.runs === undefined ? xy.length - 2 : Math.min((run + 1) * FANOUT * 2, xy.length - 2);
    for (let i = run * FANOUT * 2; i < end; i += 2) {
      const x0 = xy[i] ?? NaN;
      const y0 = xy[i + 1] ?? NaN;
      const x1 = xy[i + 2] ?? NaN;
      const y1 = xy[i + 3] ?? NaN;
      if (
        Math.min(x0, x1) <= box[2] &&
        Math.min(y0, y1) <= box[3] &&
        Math.max(x0, x1) >= box[0] &&
        Math.max(y0, y1) >= box[1] &&
        this.connects(i, i + 2) &&
        test(i)
      )
        return true;
    }
    return false;
  }
}

/** Whether any edge of `a` shares a point with any edge of `b`. */
export function treesMeet(a: EdgeTree, b: EdgeTree): boolean {
  const [few, many] = a.xy.length < b.xy.length ? [a, b] : [b, a];
  return few.some(many.box, (i) => many.some(few.boxAt(i), (j) => edgesMeet(few.xy, i, many.xy, j)));
}
