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
import { PLACEMENTS } from './testing/placements.ts';
import { randomLeaves, type Leaf } from './testing/quarters.ts';
import { oneOf, randomRing, whole, type Random } from './testing/random-drawing.ts';
import { FAMILIES, type Pair } from './testing/random-pairs.ts';

const SEED = Number(process.env['LOCAL_SEED'] ?? 20260804);

/** Pairs of a query and a shape asked in all. */
const PAIRS = Number(process.env['LOCAL_PAIRS'] ?? 210_000);

const PLACES = Object.values(PLACEMENTS);

/** Rings that cross themselves and each other. */
const tangles = (random: Random): Pair => {
  const tangle = (): Drawing =>
    polygon(randomRing(random, whole(random, 3, 7)), randomRing(random, whole(random, 3, 7)));
  return [tangle(), tangle()];
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
});
