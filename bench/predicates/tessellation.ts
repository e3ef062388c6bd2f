/**
 * A land register made up: parcels that share their borders to the step. Borders bend,
 * and between two bends they are straight through lattice points, of which each parcel
 * has some as vertices and its neighbour others: T-junctions, exact.
 */
import type { Polygon, Position } from 'geojson';
import { whole, type Random } from '../../src/geometry/testing/random-drawing.ts';

/** Lattice steps between two corners: some 33 m. */
const SIDE = 40_000;

/** Corners and bends are multiples of this, so that lattice points cut their distances evenly. */
const EVEN = 8;

/** Of a border's lattice points between two bends, how many there are, and the share that a parcel has as vertices. */
const BETWEEN = 3;
const KEPT = 0.3;

/** Somewhere in Paris, in lattice steps. */
const PLACE = [235_000_000, 4_885_000_000] as const;

function jitter(random: Random, reach: number): number {
  return EVEN * whole(random, -reach / EVEN, reach / EVEN);
}

/** The lattice points that cut the way from `a` to `b` evenly, both left out. */
function between([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position): Position[] {
  return Array.from({ length: BETWEEN }, (_, i) => {
    const share = (i + 1) / (BETWEEN + 1);
    return [ax + (bx - ax) * share, ay + (by - ay) * share];
  });
}

/** Borders by their two ends' numbers: a corner, a bend, a corner. */
type Border = readonly [Position, Position, Position];

export class Tessellation {
  readonly columns: number;
  readonly rows: number;
  private readonly corners: Position[];
  /** Of each corner, the border to the right and the one upwards. */
  private readonly across: Border[] = [];
  private readonly upwards: Border[] = [];

  constructor(random: Random, columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    const count = (columns + 1) * (rows + 1);
    this.corners = Array.from({ length: count }, (_, i) => [
      PLACE[0] + SIDE * (i % (columns + 1)) + jitter(random, SIDE / 5),
      PLACE[1] + SIDE * Math.floor(i / (columns + 1)) + jitter(random, SIDE / 5),
    ]);
    for (let i = 0; i < count; i++) {
      this.across.push(this.border(random, i, i + 1));
      this.upwards.push(this.border(random, i, i + columns + 1));
    }
  }

  /** The parcel at a column and row, with a share of the lattice points on its straight borders as vertices. */
  parcel(random: Random, column: number, row: number, kept = KEPT): Polygon {
    const i = row * (this.columns + 1) + column;
    const sides = [
      this.walk(random, kept, this.across[i], false),
      this.walk(random, kept, this.upwards[i + 1], false),
      this.walk(random, kept, this.across[i + this.columns + 1], true),
      this.walk(random, kept, this.upwards[i], true),
    ].flat();
    return { type: 'Polygon', coordinates: [[...sides, ...sides.slice(0, 1)]] };
  }

  private border(random: Random, from: number, to: number): Border {
    const [a = [0, 0], b = [0, 0]] = [this.corners[from], this.corners[to]];
    const middle = (axis: 0 | 1): number =>
      EVEN * Math.round(((a[axis] ?? 0) + (b[axis] ?? 0)) / 2 / EVEN) + jitter(random, SIDE / 20);
    return [a, [middle(0), middle(1)], b];
  }

  /** The vertices of a border, its last corner left out. */
  private walk(random: Random, kept: number, border: Border | undefined, isBackward: boolean): Position[] {
    if (border === undefined) return [];
    const [a, bend, b] = isBackward ? ([border[2], border[1], border[0]] as const) : border;
    const some = (from: Position, to: Position): Position[] =>
      between(from, to).filter(() => random() < kept);
    return [a, ...some(a, bend), bend, ...some(bend, b)];
  }
}
