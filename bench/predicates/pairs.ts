/** The pairs that are timed and judged, by family; the same for the same seed. */
import type { Polygon, Position } from 'geojson';
import { moved, point, polygon, type Drawing } from '../../src/geometry/testing/drawing.ts';
import { oneOf, star, whole, type Random } from '../../src/geometry/testing/random-drawing.ts';
import type { Pair } from '../../src/geometry/testing/random-pairs.ts';
import { Tessellation } from './tessellation.ts';

const COLUMNS = 60;
const ROWS = 60;

/** Corners of a big polygon, and its radius in lattice steps: some 800 m. */
const BIG = { corners: 2_000, radius: 1_000_000 };

export interface Family {
  readonly name: string;
  /** `a` is a query, which may be asked many times in a row; `b` are features. */
  readonly pairs: readonly Pair[];
  /** Whether turf has a function of its own for it, of points in polygons. */
  readonly arePoints: boolean;
}

type Offset = readonly [number, number];

const OFFSETS: readonly [Offset, ...Offset[]] = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 0],
  [0, -1],
  [-1, -1],
  [0, 2],
  [2, 0],
];

const within = (random: Random): readonly [number, number] => [
  whole(random, 2, COLUMNS - 3),
  whole(random, 2, ROWS - 3),
];

/** How many parcels around it each one is asked about. */
const AROUND = 10;

/** A parcel, and some beside it or across a corner, one step moved or not, or of another register and so overlapping. */
function parcelPairs(random: Random, one: Tessellation, other: Tessellation): Pair[] {
  const [column, row] = within(random);
  const a = one.parcel(random, column, row);
  return times(AROUND, () => [a, besideParcel(random, one, other, column, row)]);
}

function besideParcel(
  random: Random,
  one: Tessellation,
  other: Tessellation,
  column: number,
  row: number,
): Drawing {
  if (random() < 0.25) return other.parcel(random, column + whole(random, -1, 1), row);
  const [dx, dy] = oneOf<Offset>(random, [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
    [1, 1],
    [-1, 1],
  ]);
  const b = one.parcel(random, column + dx, row + dy);
  if (random() < 0.7) return b;
  const [offX, offY] = oneOf(random, OFFSETS);
  return moved(b, (x, y) => [x + offX, y + offY]);
}

/** A point on a vertex or halfway along an edge of a parcel, or a step beside, and the parcel. */
function pointPair(random: Random, one: Tessellation): Pair {
  const parcel = one.parcel(random, ...within(random));
  const ring = parcel.coordinates[0] ?? [];
  const i = whole(random, 0, ring.length - 2);
  const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []]: (Position | undefined)[] = [ring[i], ring[i + 1]];
  const [x, y] = random() < 0.3 ? [ax, ay] : [Math.floor((ax + bx) / 2), Math.floor((ay + by) / 2)];
  const [offX, offY] = random() < 0.5 ? [0, 0] : oneOf(random, OFFSETS);
  return [point(x + offX, y + offY), parcel];
}

/** A parcel, and a triangle whose apex is a lattice point within one of its edges, or lies one step outside. */
function wedgePair(random: Random, one: Tessellation): Pair {
  const parcel = one.parcel(random, ...within(random), 0);
  const ring = parcel.coordinates[0] ?? [];
  const i = whole(random, 0, ring.length - 2);
  const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []]: (Position | undefined)[] = [ring[i], ring[i + 1]];
  const share = whole(random, 1, 3) / 4;
  const step = random() < 0.6 ? 0 : 1;
  // The ring goes anticlockwise: outside is on its right.
  const [outX, outY] = [Math.sign(by - ay), Math.sign(ax - bx)];
  const [x, y] = [ax + (bx - ax) * share + step * outX, ay + (by - ay) * share + step * outY];
  const corner = (side: number): Position => [
    x + (by - ay) + Math.round((side * (bx - ax)) / 4),
    y + (ax - bx) + Math.round((side * (by - ay)) / 4),
  ];
  return [parcel, polygon([[x, y], corner(-1), corner(1), [x, y]])];
}

function bigPolygon(random: Random, one: Tessellation): Polygon {
  const centre = one.parcel(random, ...within(random)).coordinates[0]?.[0] ?? [0, 0];
  return polygon(star(random, centre, BIG.radius, BIG.corners));
}

const times = (count: number, make: () => Pair): Pair[] => Array.from({ length: count }, make);

/**
 * @param count of the pairs of parcels; the others are a part of it
 */
export function familiesOf(random: Random, count: number): Family[] {
  const [one, other] = [new Tessellation(random, COLUMNS, ROWS), new Tessellation(random, COLUMNS, ROWS)];
  const bigs = Array.from({ length: 8 }, () => bigPolygon(random, one));
  const bigPairs = bigs.flatMap((big) =>
    times(count / 80, (): Pair => [big, one.parcel(random, ...within(random))]),
  );
  const [first] = bigs as [Drawing];
  return [
    {
      name: 'two parcels',
      pairs: Array.from({ length: count / AROUND }, () => parcelPairs(random, one, other)).flat(),
      arePoints: false,
    },
    {
      name: 'a wedge that ends on an edge',
      pairs: times(count / 4, () => wedgePair(random, one)),
      arePoints: false,
    },
    { name: 'a big polygon and parcels', pairs: bigPairs, arePoints: false },
    { name: 'two big polygons', pairs: bigs.slice(1).map((big): Pair => [first, big]), arePoints: false },
    { name: 'a point and a parcel', pairs: times(count, () => pointPair(random, one)), arePoints: true },
  ];
}
