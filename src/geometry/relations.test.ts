/**
 * What `intersects` and `contains` answer in the cases that go wrong elsewhere, by name.
 * Every case is asked both ways round, where it is drawn, in Paris, and over the globe.
 */
import { describe, expect, it } from 'vitest';
import { contains, prepareContains } from './contains.ts';
import { intersects } from './intersects.ts';
import { prepare } from './prepare.ts';
import {
  collection,
  line,
  lines,
  moved,
  point,
  points,
  polygon,
  polygons,
  rectangle,
  ring,
  shapeOfDrawing,
  type Drawing,
} from './testing/drawing.ts';
import { referee } from './testing/referee.ts';

/** How `a` lies towards `b`. */
type Relation = 'apart' | 'touch or overlap' | 'a contains b' | 'contain each other';

type Case = readonly [name: string, a: Drawing, b: Drawing, relation: Relation];

const square = polygon(rectangle(0, 0, 10, 10));
const pierced = polygon(rectangle(0, 0, 10, 10), rectangle(3, 3, 7, 7));
/** The hole's corner (0, 5) lies on the shell. */
const pinched = polygon(rectangle(0, 0, 10, 10), ring([0, 5], [4, 3], [4, 7]));
const bowTie = polygon(ring([0, 0], [10, 10], [10, 0], [0, 10]));
/** The ring winds twice around (5, 5), which even-odd leaves out. */
const pentagram = polygon(ring([5, 12], [8, 0], [-1, 8], [11, 8], [2, 0]));

const POINTS: readonly Case[] = [
  ['equal points', point(3, 4), point(3, 4), 'contain each other'],
  ['points one step apart', point(3, 4), point(3, 5), 'apart'],
  ['a point of many', points([1, 1], [3, 4], [9, 9]), point(3, 4), 'a contains b'],
  ['a point given twice', points([3, 4], [3, 4]), point(3, 4), 'contain each other'],
  ['points of which some are shared', points([1, 1], [2, 2]), points([2, 2], [3, 3]), 'touch or overlap'],
  ['a point on a line', line([0, 0], [8, 4]), point(4, 2), 'a contains b'],
  ['a point at the end of a line', line([0, 0], [8, 4]), point(8, 4), 'touch or overlap'],
  ['a point where a line closes', line([0, 0], [8, 4], [0, 9], [0, 0]), point(0, 0), 'a contains b'],
  [
    'a point where two lines end',
    lines(
      [
        [0, 0],
        [4, 4],
      ],
      [
        [4, 4],
        [9, 0],
      ],
    ),
    point(4, 4),
    'a contains b',
  ],
  [
    'a point where three lines end',
    lines(
      [
        [0, 0],
        [4, 4],
      ],
      [
        [4, 4],
        [9, 0],
      ],
      [
        [4, 4],
        [4, 9],
      ],
    ),
    point(4, 4),
    'touch or overlap',
  ],
  ['a point one step off a line', line([0, 0], [8, 4]), point(4, 3), 'apart'],
  ['a point in a polygon', square, point(5, 5), 'a contains b'],
  ['a point on an edge of a polygon', square, point(10, 5), 'touch or overlap'],
  ['a point on a corner of a polygon', square, point(10, 10), 'touch or overlap'],
  ['a point one step off an edge of a polygon', square, point(11, 5), 'apart'],
  ['a point level with a corner of a polygon', polygon(ring([0, 0], [4, 4], [0, 8])), point(-3, 4), 'apart'],
  ['a point level with an edge of a polygon', square, point(-1, 10), 'apart'],
  ['a point in a hole', pierced, point(5, 5), 'apart'],
  ['a point on the border of a hole', pierced, point(3, 5), 'touch or overlap'],
  ['a point where a hole touches the shell', pinched, point(0, 5), 'touch or overlap'],
  ['points inside and on the border', square, points([5, 5], [10, 5]), 'a contains b'],
  ['points inside and outside', square, points([5, 5], [11, 5]), 'touch or overlap'],
];

const LINES: readonly Case[] = [
  ['lines that cross', line([0, 0], [4, 4]), line([0, 4], [4, 0]), 'touch or overlap'],
  ['lines that touch end to end', line([0, 0], [4, 4]), line([4, 4], [8, 0]), 'touch or overlap'],
  ['lines that overlap', line([0, 0], [6, 3]), line([4, 2], [8, 4]), 'touch or overlap'],
  ['a piece of a line', line([0, 0], [8, 4]), line([2, 1], [6, 3]), 'a contains b'],
  ['the first half of a line', line([0, 0], [8, 4]), line([0, 0], [4, 2]), 'a contains b'],
  ['the second half of a line', line([0, 0], [8, 4]), line([4, 2], [8, 4]), 'a contains b'],
  [
    'a piece of a line across its vertices',
    line([0, 0], [2, 1], [8, 4]),
    line([0, 0], [4, 2], [8, 4]),
    'contain each other',
  ],
  ['a line backwards', line([0, 0], [5, 1], [8, 4]), line([8, 4], [5, 1], [0, 0]), 'contain each other'],
  ['a line with a gap on one line', line([0, 0], [2, 1]), line([4, 2], [8, 4]), 'apart'],
  [
    'a line longer than two that follow each other',
    lines(
      [
        [0, 0],
        [4, 2],
      ],
      [
        [4, 2],
        [6, 3],
      ],
    ),
    line([2, 1], [6, 3]),
    'a contains b',
  ],
  ['a line of two equal points on a line', line([0, 0], [8, 4]), line([4, 2], [4, 2]), 'a contains b'],
  ['a line of two equal points off a line', line([0, 0], [8, 4]), line([4, 3], [4, 3]), 'apart'],
  ['a line of two equal points as that point', line([4, 2], [4, 2]), point(4, 2), 'contain each other'],
  ['a line of two equal points in a polygon', square, line([5, 5], [5, 5]), 'a contains b'],
  ['a line of two equal points in a hole', pierced, line([5, 5], [5, 5]), 'apart'],
  ['a line of one vertex in a polygon', square, line([5, 5]), 'a contains b'],
  ['a line of one vertex off a line', line([0, 0], [8, 4]), line([4, 3]), 'apart'],
  [
    'a line with repeated vertices',
    line([0, 0], [0, 0], [4, 2], [4, 2], [8, 4]),
    line([2, 1], [4, 2]),
    'a contains b',
  ],
  ['a line in a polygon', square, line([1, 1], [9, 2]), 'a contains b'],
  ['a line in a polygon from border to border', square, line([0, 5], [10, 5]), 'a contains b'],
  ['a line in a polygon and along its border', square, line([5, 5], [10, 5], [10, 10]), 'a contains b'],
  ['a line along the border of a polygon', square, line([10, 2], [10, 10], [4, 10]), 'touch or overlap'],
  ['a line that touches a corner of a polygon', square, line([5, 15], [15, 5]), 'touch or overlap'],
  ['a line that crosses a polygon', square, line([-5, 4], [15, 6]), 'touch or overlap'],
  ['a line through two corners of a polygon', square, line([0, 0], [10, 10]), 'a contains b'],
  ['a line that leaves a polygon through a corner', square, line([5, 5], [12, 12]), 'touch or overlap'],
  [
    'a line that leaves a polygon and comes back',
    square,
    line([5, 5], [12, 5], [12, 8], [5, 8]),
    'touch or overlap',
  ],
  [
    'two lines, one inside and one outside',
    square,
    lines(
      [
        [1, 1],
        [2, 2],
      ],
      [
        [11, 1],
        [12, 2],
      ],
    ),
    'touch or overlap',
  ],
  [
    'a line from a point that is not in the polygon but in the collection',
    collection(square, point(20, 20)),
    line([20, 20], [20, 20], [25, 25]),
    'touch or overlap',
  ],
  ['a line in a hole', pierced, line([4, 4], [6, 6]), 'apart'],
  ['a line in a hole from border to border', pierced, line([3, 3], [7, 7]), 'touch or overlap'],
  ['a line along the border of a hole', pierced, line([3, 3], [7, 3], [7, 7]), 'touch or overlap'],
  ['a line around a hole', pierced, line([2, 2], [8, 2], [8, 8], [2, 8], [2, 2]), 'a contains b'],
  ['a line over a hole', pierced, line([1, 5], [9, 5]), 'touch or overlap'],
  ['a line through where a hole touches the shell', pinched, line([-3, 5], [0, 5]), 'touch or overlap'],
  [
    'a line from one polygon into another through the corner they share',
    polygons([rectangle(0, 0, 4, 4)], [rectangle(4, 4, 8, 8)]),
    line([1, 1], [7, 7]),
    'a contains b',
  ],
  [
    'a line from one polygon into another beside the corner they share',
    polygons([rectangle(0, 0, 4, 4)], [rectangle(4, 4, 8, 8)]),
    line([1, 1], [7, 6]),
    'touch or overlap',
  ],
];

const POLYGONS: readonly Case[] = [
  ['equal polygons', square, square, 'contain each other'],
  [
    'equal polygons drawn from another corner, the other way round',
    square,
    polygon(ring([10, 10], [10, 0], [0, 0], [0, 10])),
    'contain each other',
  ],
  [
    'equal polygons, one with more vertices',
    square,
    polygon(ring([0, 0], [5, 0], [5, 0], [10, 0], [10, 10], [3, 10], [0, 10])),
    'contain each other',
  ],
  ['a polygon inside another', square, polygon(rectangle(2, 2, 4, 4)), 'a contains b'],
  ['a polygon inside another, along its border', square, polygon(rectangle(0, 2, 4, 4)), 'a contains b'],
  [
    'a polygon inside another, touching in a point',
    square,
    polygon(ring([0, 5], [4, 3], [4, 7])),
    'a contains b',
  ],
  ['polygons that overlap', square, polygon(rectangle(5, 5, 15, 15)), 'touch or overlap'],
  [
    'polygons that cross without a vertex in each other',
    polygon(rectangle(0, 4, 10, 6)),
    polygon(rectangle(4, 0, 6, 10)),
    'touch or overlap',
  ],
  ['neighbours with one border', square, polygon(rectangle(10, 0, 20, 10)), 'touch or overlap'],
  [
    'neighbours whose border has other vertices',
    square,
    polygon(ring([10, 2], [10, 6], [10, 13], [20, 5])),
    'touch or overlap',
  ],
  ['polygons that touch corner to corner', square, polygon(rectangle(10, 10, 20, 20)), 'touch or overlap'],
  [
    'a triangle with one corner on an edge (T-junction)',
    polygon(ring([0, 0], [9, 3], [0, 9])),
    polygon(ring([6, 2], [9, 0], [9, 2])),
    'touch or overlap',
  ],
  [
    'a triangle with one corner a step off an edge',
    polygon(ring([0, 0], [9, 3], [0, 9])),
    polygon(ring([6, 1], [9, 0], [9, 2])),
    'apart',
  ],
  [
    'polygons apart whose boxes overlap',
    polygon(ring([0, 0], [10, 0], [0, 10])),
    polygon(ring([10, 10], [10, 4], [7, 10])),
    'apart',
  ],
  ['a polygon in a hole', pierced, polygon(rectangle(4, 4, 6, 6)), 'apart'],
  [
    'a polygon in a hole, touching its border in a point',
    pierced,
    polygon(ring([3, 5], [5, 4], [5, 6])),
    'touch or overlap',
  ],
  ['a polygon that fills a hole', pierced, polygon(rectangle(3, 3, 7, 7)), 'touch or overlap'],
  [
    'a polygon that covers a hole and its border',
    pierced,
    polygon(rectangle(2, 2, 8, 8)),
    'touch or overlap',
  ],
  [
    'a polygon on whose border all corners of a hole lie',
    polygon(rectangle(0, 0, 12, 12), ring([3, 5], [9, 6], [5, 9])),
    polygon(rectangle(3, 3, 9, 9)),
    'touch or overlap',
  ],
  ['a polygon with a hole in one without', square, pierced, 'a contains b'],
  [
    'a polygon with the same hole',
    pierced,
    polygon(rectangle(1, 1, 9, 9), rectangle(3, 3, 7, 7)),
    'a contains b',
  ],
  [
    'a polygon with a larger hole',
    pierced,
    polygon(rectangle(1, 1, 9, 9), rectangle(2, 2, 8, 8)),
    'a contains b',
  ],
  [
    'a polygon with a smaller hole',
    pierced,
    polygon(rectangle(1, 1, 9, 9), rectangle(4, 4, 6, 6)),
    'touch or overlap',
  ],
  [
    'a polygon around another, both in holes of each other',
    pierced,
    polygon(rectangle(4, 4, 6, 6), rectangle(5, 5, 6, 6)),
    'apart',
  ],
  [
    'a polygon through where a hole touches the shell',
    pinched,
    polygon(ring([0, 5], [-3, 3], [-3, 7])),
    'touch or overlap',
  ],
  [
    'a polygon that fills a hole touching the shell',
    pinched,
    polygon(ring([0, 5], [4, 3], [4, 7])),
    'touch or overlap',
  ],
  [
    'a part of two',
    polygons([rectangle(0, 0, 4, 4)], [rectangle(6, 0, 9, 4)]),
    polygon(rectangle(6, 0, 9, 4)),
    'a contains b',
  ],
  [
    'two parts, one inside and one outside',
    square,
    polygons([rectangle(1, 1, 2, 2)], [rectangle(11, 1, 12, 2)]),
    'touch or overlap',
  ],
];

const UNUSUAL: readonly Case[] = [
  ['a ring without area in a polygon', square, polygon(ring([2, 2], [8, 2], [4, 2])), 'a contains b'],
  [
    'a ring without area on the border of a polygon',
    square,
    polygon(ring([10, 2], [10, 8], [10, 4])),
    'touch or overlap',
  ],
  ['a ring without area in a hole', pierced, polygon(ring([4, 4], [6, 6], [5, 5])), 'apart'],
  [
    'a ring without area and a point on it',
    polygon(ring([0, 0], [8, 4], [4, 2])),
    point(2, 1),
    'touch or overlap',
  ],
  ['a ring of one point in a polygon', square, polygon(ring([5, 5], [5, 5], [5, 5])), 'a contains b'],
  ['a ring of one point in a hole', pierced, polygon(ring([5, 5], [5, 5], [5, 5])), 'apart'],
  ['a bow tie and a point in its right wing', bowTie, point(9, 5), 'a contains b'],
  ['a bow tie and a point beside its middle', bowTie, point(5, 3), 'apart'],
  ['a bow tie and the crossing in its middle', bowTie, point(5, 5), 'touch or overlap'],
  ['a bow tie in its box', square, bowTie, 'a contains b'],
  ['a pentagram and its tip', pentagram, point(5, 11), 'a contains b'],
  ['a pentagram and its middle, wound around twice', pentagram, point(5, 6), 'apart'],
  [
    'a hole outside its shell counts as a polygon',
    polygon(rectangle(0, 0, 4, 4), rectangle(6, 0, 9, 4)),
    point(7, 2),
    'a contains b',
  ],
  [
    'a hole within a hole counts as a polygon',
    polygon(rectangle(0, 0, 10, 10), rectangle(2, 2, 8, 8), rectangle(4, 4, 6, 6)),
    point(5, 5),
    'a contains b',
  ],
  [
    'a hole equal to its shell leaves the border',
    polygon(rectangle(0, 0, 4, 4), rectangle(0, 0, 4, 4)),
    point(2, 2),
    'apart',
  ],
  [
    'two polygons side by side contain what lies across their border',
    collection(polygon(rectangle(0, 0, 5, 10)), polygon(rectangle(5, 0, 10, 10))),
    polygon(rectangle(3, 3, 7, 7)),
    'a contains b',
  ],
  [
    'two polygons side by side are the square of both',
    collection(polygon(rectangle(0, 0, 5, 10)), polygon(rectangle(5, 0, 10, 10))),
    square,
    'contain each other',
  ],
  [
    'a polygon and the polygon in its hole are the square of both',
    collection(pierced, polygon(rectangle(3, 3, 7, 7))),
    square,
    'contain each other',
  ],
  [
    'two polygons side by side, with a gap at their border, do not contain what is around the gap',
    collection(
      polygon(rectangle(0, 0, 5, 10)),
      polygon(ring([5, 0], [10, 0], [10, 10], [5, 10], [5, 4], [8, 3], [5, 2])),
    ),
    polygon(rectangle(1, 1, 9, 9)),
    'touch or overlap',
  ],
  [
    'polygons over each other contain what neither does alone',
    collection(polygon(rectangle(0, 0, 6, 10)), polygon(rectangle(4, 0, 10, 10))),
    polygon(rectangle(1, 1, 9, 9)),
    'a contains b',
  ],
  [
    'a line that continues a polygon',
    collection(square, line([10, 5], [20, 5])),
    line([5, 5], [15, 5]),
    'a contains b',
  ],
  [
    'a collection apart in every part',
    collection(square, point(20, 20)),
    collection(line([12, 0], [12, 9]), point(21, 20)),
    'apart',
  ],
  [
    'a collection that shares its point',
    collection(square, point(20, 20)),
    collection(line([12, 0], [12, 9]), point(20, 20)),
    'touch or overlap',
  ],
];

const PLACES: readonly (readonly [name: string, move: (x: number, y: number) => [number, number]])[] = [
  ['where it is drawn', (x, y) => [x, y]],
  ['turned round', (x, y) => [-x, -y]],
  ['turned on its side', (x, y) => [-y, x]],
  ['in Paris', (x, y) => [x + 235_000_000, y + 4_885_000_000]],
  // Linear, so that every line stays one; up to 12 × 1.4e9 and beyond 2^34.
  ['over the globe', (x, y) => [700_000_003 * x - 100_000_007 * y, 37 * x + 350_000_001 * y]],
];

describe.each(PLACES)('%s', (_, move) => {
  it.each([...POINTS, ...LINES, ...POLYGONS, ...UNUSUAL])('%s', (_name, a, b, relation) => {
    const [one, other] = [shapeOfDrawing(moved(a, move)), shapeOfDrawing(moved(b, move))];
    const meets = relation !== 'apart';
    expect(intersects(one, other)).toBe(meets);
    expect(intersects(other, one)).toBe(meets);
    expect(contains(one, other)).toBe(relation === 'a contains b' || relation === 'contain each other');
    expect(contains(other, one)).toBe(relation === 'contain each other');
    expect(prepare(one).intersects(other)).toBe(meets);
    expect(prepareContains(one).contains(other)).toBe(contains(one, other));
    expect(referee(a, b)).toEqual({ intersects: meets, contains: contains(one, other) });
  });
});
