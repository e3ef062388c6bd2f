/**
 * `intersects` and `contains` against GEOS and JTS on thousands of difficult random
 * pairs, and against the referee where those two cannot judge. Nothing may differ.
 *
 * GEOS and JTS are wrong in one case, and both in the same way: they round the crossing
 * of two lines to doubles, so that a line which another one crosses is no longer found to
 * contain its own edge, as `MULTILINESTRING ((4 12, 11 10, 2 12), (8 11, 3 0))` and
 * `LINESTRING (4 12, 11 10, 2 12)`. There the referee's exact fractions decide.
 */
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { contains, prepareContains } from './contains.ts';
import { intersects } from './intersects.ts';
import { prepare } from './prepare.ts';
import { collection, polygon, shapeOfDrawing, wktOf, type Drawing } from './testing/drawing.ts';
import { geos, isValid, jts, type Verdict } from './testing/oracles.ts';
import { PLACEMENTS } from './testing/placements.ts';
import { randomDrawing, randomRing, star, whole, type Random } from './testing/random-drawing.ts';
import { FAMILIES, type Pair } from './testing/random-pairs.ts';
import { referee } from './testing/referee.ts';

const SEED = 20260802;

/** Valid pairs of each family: more than 20,000 in all. */
const PAIRS = 2_600;

/** Longer texts than this are rare and take JTS milliseconds: it judges one in ten of them. */
const LONG = 1_000;

const PATIENCE = { timeout: 300_000 };

const PLACES = Object.values(PLACEMENTS);

const same = (a: Verdict, b: Verdict): boolean => a.intersects === b.intersects && a.contains === b.contains;

const told = ([a, b]: Pair): string => `${wktOf(a)}\nand ${wktOf(b)}`;

/** Our verdict by every road: both orders, prepared and not. */
function ourVerdict(pair: Pair): Verdict {
  const [one, other] = [shapeOfDrawing(pair[0]), shapeOfDrawing(pair[1])];
  const verdict = { intersects: intersects(one, other), contains: contains(one, other) };
  const prepared = prepare(one);
  const again = { intersects: prepared.intersects(other), contains: prepareContains(one).contains(other) };
  if (!same(verdict, again)) expect.fail(`prepared, another answer on ${told(pair)}`);
  if (intersects(other, one) !== verdict.intersects)
    expect.fail(`turned round, another answer on ${told(pair)}`);
  return verdict;
}

function checked(pair: Pair, ours: Verdict): void {
  const truth = referee(...pair);
  if (!same(ours, truth)) {
    expect.fail(`${JSON.stringify(ours)}, but the referee has ${JSON.stringify(truth)} on ${told(pair)}`);
  }
}

/** How often each answer was right. */
const tally = { pairs: 0, meet: 0, contain: 0, overruled: 0 };

function count({ intersects, contains }: Verdict): void {
  tally.pairs++;
  if (intersects) tally.meet++;
  if (contains) tally.contain++;
}

/** The one thing that GEOS and JTS get wrong; see above. */
function isTheirCrossing(a: string, ours: Verdict, theirs: Verdict): boolean {
  return (
    a.includes('LINESTRING') && ours.contains && !theirs.contains && ours.intersects === theirs.intersects
  );
}

/** Compares us with the oracles on a pair; false when they cannot judge it. */
function isJudged(pair: Pair): boolean {
  const [a, b] = [wktOf(pair[0]), wktOf(pair[1])];
  if (!isValid(a) || !isValid(b)) return false;
  const ours = ourVerdict(pair);
  const oracles = a.length + b.length < LONG || tally.pairs % 10 === 0 ? [geos, jts] : [geos];
  const differing = oracles.map((oracle) => oracle(a, b)).filter((theirs) => !same(ours, theirs));
  if (differing.length > 0) checked(pair, ours);
  if (!differing.every((theirs) => isTheirCrossing(a, ours, theirs))) {
    expect.fail(`an oracle is wrong in an unknown way on ${told(pair)}`);
  }
  tally.overruled += differing.length;
  count(ours);
  return true;
}

describe(`against GEOS and JTS (seed ${SEED})`, () => {
  it.each(Object.entries(FAMILIES))('%s', PATIENCE, (_, draw) => {
    const random = seededRandom(SEED);
    for (let judged = 0, drawn = 0; judged < PAIRS; drawn++) {
      const place = PLACES[drawn % PLACES.length] ?? PLACEMENTS['at the origin'];
      if (isJudged(place(draw(random), random))) judged++;
    }
  });

  it('stars of thousands of corners', PATIENCE, () => {
    const random = seededRandom(SEED);
    for (let n = 0; n < 40; n++) {
      const centre = (): Position => [whole(random, -6e6, 6e6), whole(random, -6e6, 6e6)];
      const giant = polygon(star(random, [0, 0], 1e7, 3_000), star(random, [0, 0], 4e6, 2_000));
      const other = polygon(star(random, centre(), 10 ** whole(random, 3, 7), whole(random, 5, 2_000)));
      const pair: Pair = n % 2 === 0 ? [giant, other] : [other, giant];
      const [ours, theirs] = [ourVerdict(pair), geos(wktOf(pair[0]), wktOf(pair[1]))];
      if (!same(ours, theirs)) expect.fail(`${JSON.stringify(ours)}, pair ${n}`);
    }
  });

  it('was asked more than 20,000 pairs, and both answers were right often enough', () => {
    process.stdout.write(`against GEOS and JTS: ${JSON.stringify(tally)}\n`);
    expect(tally.pairs).toBeGreaterThanOrEqual(20_000);
    expect(tally.meet / tally.pairs).toBeGreaterThan(0.5);
    expect(tally.meet / tally.pairs).toBeLessThan(0.85);
    expect(tally.contain / tally.pairs).toBeGreaterThan(0.1);
    expect(tally.overruled / tally.pairs, 'verdicts of an oracle overruled').toBeLessThan(0.005);
  });
});

describe(`against the referee, where rings cross and parts overlap (seed ${SEED})`, () => {
  /** Any rings whatever, on a grid so small that most things coincide. */
  const tangle = (random: Random): Drawing =>
    polygon(...Array.from({ length: whole(random, 1, 2) }, () => randomRing(random, whole(random, 3, 7))));
  const heap = (random: Random): Drawing =>
    collection(
      ...Array.from({ length: whole(random, 1, 3) }, () =>
        random() < 0.5 ? tangle(random) : randomDrawing(random),
      ),
    );
  const KINDS: readonly (readonly [name: string, draw: (random: Random) => Pair])[] = [
    ['tangled polygons', (random) => [tangle(random), tangle(random)]],
    ['collections', (random) => [heap(random), heap(random)]],
    [
      'a collection and itself',
      (random) => {
        const a = heap(random);
        return [a, a];
      },
    ],
    [
      'a collection and one of its parts',
      (random) => {
        const a = heap(random);
        return [collection(a, tangle(random)), a];
      },
    ],
    ['one made of the other, valid or not', FAMILIES['one made of the other']],
  ];

  it.each(KINDS)('%s', PATIENCE, (_, draw) => {
    const random = seededRandom(SEED);
    for (let n = 0; n < 60; n++) {
      const place = PLACES[n % PLACES.length] ?? PLACEMENTS['at the origin'];
      const pair = place(draw(random), random);
      checked(pair, ourVerdict(pair));
    }
  });
});
