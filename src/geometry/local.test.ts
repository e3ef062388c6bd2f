/**
 * Local parts against `intersects` on the whole shape: over random quadtrees, with queries
 * of all kinds, many on the borders and corners of cells. Nothing may differ.
 */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { intersects } from './intersects.ts';
import type { Box } from './lattice.ts';
import { localParts, type LocalPart } from './local.ts';
import { prepare } from './prepare.ts';
import type { Shape } from './shape.ts';
import {
  line,
  point,
  polygon,
  rectangle,
  ring,
  shapeOfDrawing,
  wktOf,
  type Drawing,
} from './testing/drawing.ts';
import { shareSpot } from './testing/referee.ts';
import { PLACEMENTS } from './testing/placements.ts';
import { randomLeaves, type Leaf } from './testing/quarters.ts';
import { oneOf, randomRing, star, whole, type Random } from './testing/random-drawing.ts';
import { FAMILIES, type Pair } from './testing/random-pairs.ts';

const SEED = Number(process.env['LOCAL_SEED'] ?? 20260804);

/** Pairs of a query and a shape asked in all. */
const PAIRS = Number(process.env['LOCAL_PAIRS'] ?? 210_000);

/** Cells looked at one by one; each takes the referee a millisecond. */
const CELLS = Number(process.env['LOCAL_CELLS'] ?? 2_000);

const PLACES = Object.values(PLACEMENTS);

/** Rings that cross themselves and each other. */
const tangles = (random: Random): Pair => {
  const tangle = (): Drawing =>
    polygon(randomRing(random, whole(random, 3, 7)), randomRing(random, whole(random, 3, 7)));
  return [tangle(), tangle()];
};

/** Two pentagons that are large beside the cells that they are cut into. */
const pentagons = (random: Random): Pair => {
  const pentagon = (): Drawing =>
    polygon(star(random, [whole(random, 0, 999), whole(random, 0, 999)], 1_000, 5));
  return [pentagon(), pentagon()];
};

const DRAWS = [...Object.values(FAMILIES), tangles];

/** Something that lies on a corner or a side of the cell, passes through it, or is it; now and then a step beside. */
function aboutCell(cell: Box, random: Random): Drawing {
  const off = (): number => oneOf(random, [0, 0, 0, -1, 1]);
  const x = (): number => oneOf(random, [cell[0], cell[2], whole(random, cell[0], cell[2])]) + off();
  const y = (): number => oneOf(random, [cell[1], cell[3], whole(random, cell[1], cell[3])]) + off();
  const side = cell[2] - cell[0];
  const far = (least: number): number => whole(random, least - side, least + 2 * side);
  return oneOf<() => Drawing>(random, [
    () => point(x(), y()),
    () => line([x(), y()], [x(), y()]),
    () => line([far(cell[0]), far(cell[1])], [far(cell[0]), far(cell[1])], [x(), y()]),
    () => polygon(rectangle(cell[0] + off(), cell[1] + off(), cell[2] + off(), cell[3] + off())),
    () => polygon(ring([far(cell[0]), far(cell[1])], [x(), y()], [far(cell[0]), far(cell[1])])),
    () =>
      polygon(ring([far(cell[0]), far(cell[1])], [far(cell[0]), far(cell[1])], [far(cell[0]), far(cell[1])])),
  ])();
}

/** A leaf that the shape meets, if there is one. */
function oneLeaf(shape: Shape, random: Random): Leaf {
  const leaves = randomLeaves(shape, random);
  const met = leaves.filter(({ parts }) => parts.length > 0);
  const [leaf] = met.length > 0 ? met.slice(whole(random, 0, met.length - 1)) : leaves;
  return leaf ?? { cell: shape.box, parts: [] };
}

const meetsAt = (query: Shape, { cell, parts }: Leaf): boolean => prepare(query).meetsLocally(parts, cell);

const tally = { pairs: 0, met: 0, leaves: 0, covered: 0 };

/** Asks all leaves that the query meets; their answer together must be that of the whole shape. */
function ask(query: Shape, shape: Shape, leaves: readonly Leaf[], told: () => string): void {
  const prepared = prepare(query);
  const met = leaves.some(
    ({ cell, parts }) => parts.length > 0 && prepared.meetsBox(cell) && prepared.meetsLocally(parts, cell),
  );
  if (met !== intersects(query, shape)) expect.fail(`${met ? 'met' : 'missed'}: ${told()}`);
  tally.pairs++;
  if (met) tally.met++;
}

function edgesOf({ chains }: LocalPart): string[] {
  return chains
    .flatMap((xy) =>
      xy.length === 2
        ? [String(xy)]
        : Array.from({ length: xy.length / 2 - 1 }, (_, i) => String(xy.subarray(2 * i, 2 * i + 4))),
    )
    .sort();
}

/** Cut level by level or at once, a leaf must know the same. */
function compareCuts(shape: Shape, { cell, parts }: Leaf): void {
  const told = (part: LocalPart): unknown => ({ ...part, chains: edgesOf(part) });
  expect(parts.map(told)).toEqual(localParts(shape, cell).map(told));
}

function judge([one, other]: Pair, random: Random): void {
  const [query, shape] = [shapeOfDrawing(one), shapeOfDrawing(other)];
  for (let n = 0; n < 3; n++) {
    const leaves = randomLeaves(shape, random);
    tally.leaves += leaves.length;
    tally.covered += leaves.filter(({ parts }) => parts.some(({ covers }) => covers)).length;
    const told = (asked: Drawing) => () =>
      `${wktOf(asked)} and ${wktOf(other)}, cells ${JSON.stringify(leaves.map(({ cell }) => cell))}`;
    ask(query, shape, leaves, told(one));
    for (let k = 0; k < 5; k++) {
      const leaf = leaves[whole(random, 0, leaves.length - 1)];
      if (leaf === undefined) break;
      const about = aboutCell(leaf.cell, random);
      ask(shapeOfDrawing(about), shape, leaves, told(about));
      if (k === 0) compareCuts(shape, leaf);
    }
  }
}

describe(`local parts (seed ${SEED})`, () => {
  it('say together what the whole shape says', { timeout: 3_600_000 }, () => {
    const random = seededRandom(SEED);
    for (let n = 0; tally.pairs < PAIRS; n++) {
      const draw = DRAWS[n % DRAWS.length] ?? tangles;
      const place = PLACES[Math.floor(n / DRAWS.length) % PLACES.length] ?? PLACEMENTS['at the origin'];
      const [a, b] = place(draw(random), random);
      judge([a, b], random);
      judge([b, a], random);
    }
    process.stdout.write(`local parts: ${JSON.stringify(tally)}\n`);
    expect(tally.met / tally.pairs).toBeGreaterThan(0.3);
    expect(tally.met / tally.pairs).toBeLessThan(0.9);
    expect(tally.covered).toBeGreaterThan(1_000);
  });

  it('say of each cell what is in it, and nothing that is not so', () => {
    const random = seededRandom(SEED);
    const small = [
      FAMILIES['any two on the grid'],
      FAMILIES['one made of the other'],
      tangles,
      pentagons,
    ] as const;
    const found = { inCell: 0, near: 0, nothing: 0 };
    for (let n = 0; n < CELLS; n++) {
      const place = PLACES[n % PLACES.length] ?? PLACEMENTS['at the origin'];
      const [drawing, other] = place(oneOf(random, small)(random), random);
      const leaf = oneLeaf(shapeOfDrawing(drawing), random);
      const asked = random() < 0.5 ? other : aboutCell(leaf.cell, random);
      const met = meetsAt(shapeOfDrawing(asked), leaf);
      const isInCell = shareSpot(asked, drawing, polygon(rectangle(...leaf.cell)));
      const isRight = met ? isInCell || shareSpot(asked, drawing) : !isInCell;
      if (!isRight)
        expect.fail(
          `${met ? 'met' : 'missed'}: ${wktOf(asked)} and ${wktOf(drawing)} in ${String(leaf.cell)}`,
        );
      found[isInCell ? 'inCell' : met ? 'near' : 'nothing']++;
    }
    expect(Math.min(found.inCell, found.nothing)).toBeGreaterThan(CELLS / 10);
  });

  it('say nothing of what does not meet the cell', () => {
    const parts = localParts(shapeOfDrawing(polygon(rectangle(0, 0, 64, 64))), [16, 16, 32, 32]);
    expect(parts).toEqual([{ dimension: 2, covers: true, isOver: true, chains: [] }]);
    const meets = (query: Drawing): boolean =>
      prepare(shapeOfDrawing(query)).meetsLocally(parts, [16, 16, 32, 32]);
    expect([meets(point(32, 32)), meets(point(33, 32)), meets(point(99, 99))]).toEqual([true, false, false]);
  });
});
