/** Seeded questions to the features of a megabyte and more, with their right answers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geometry } from 'geojson';
import { toDegrees, toLattice, LATTICE } from '../../src/geometry/lattice.ts';
import { prepare } from '../../src/geometry/prepare.ts';
import { shapeOf } from '../../src/geometry/shape.ts';
import { bigFeatures } from './big.ts';
import { built } from './built.ts';
import { BIG_FEATURES, SEED } from './layers.ts';
import { between, noiseAt } from './noise.ts';
import { polygonAround, type Place } from './places.ts';
import type { Group, Query, QuerySets } from './queries.ts';

const GROUPS = 10;
/** Degrees from the middle of a group. */
const REACH = 0.05;

interface Question {
  readonly kind: 'point' | 'polygon';
  readonly geom: Geometry;
}

function onLattice(degrees: number): number {
  return toDegrees(toLattice(degrees));
}

function question(kind: Question['kind'], place: Place, random: () => number): Question {
  if (kind === 'point') return { kind, geom: { type: 'Point', coordinates: [...place] } };
  return { kind, geom: polygonAround(place, between(random, 100, 500), random) };
}

function anywhere(random: () => number): Place {
  return [onLattice(between(random, 4.1, 5.3)), onLattice(between(random, 46.5, 47.5))];
}

function near([lon, lat]: Place, random: () => number): Place {
  return [onLattice(lon + between(random, -REACH, REACH)), onLattice(lat + between(random, -REACH, REACH))];
}

/** The ids of the features that meet each question, sorted. */
function answersTo(questions: readonly Question[]): string[][] {
  const prepared = questions.map(({ geom }) => prepare(shapeOf(geom)));
  const answers = questions.map((): string[] => []);
  for (const { id, shape } of bigFeatures(SEED, BIG_FEATURES)) {
    prepared.forEach((one, i) => {
      if (one.intersects(shape)) answers[i]?.push(id);
    });
  }
  return answers.map((ids) => ids.sort());
}

interface Asked {
  readonly anywhere: readonly Question[];
  readonly groups: readonly (readonly Question[])[];
  readonly before: readonly (readonly Question[])[];
}

function questionsOf(kind: Question['kind'], count: number): Asked {
  const random = noiseAt(SEED, 12, kind.length);
  const middles = Array.from({ length: GROUPS }, () => anywhere(random));
  const times = (number: number, place: () => Place): Question[] =>
    Array.from({ length: number }, () => question(kind, place(), random));
  return {
    anywhere: times(count, () => anywhere(random)),
    groups: middles.map((middle) => times(Math.ceil(count / GROUPS), () => near(middle, random))),
    before: middles.map((middle) => {
      return [-1, 0, 1].flatMap((u) =>
        [-1, 0, 1].map((v) =>
          question('point', [onLattice(middle[0] + u * REACH), onLattice(middle[1] + v * REACH)], random),
        ),
      );
    }),
  };
}

function answered(asked: Asked): { readonly anywhere: Query[]; readonly groups: Group[] } {
  const answers = answersTo([...asked.anywhere, ...asked.groups.flat()]);
  const give = (questions: readonly Question[]): Query[] =>
    questions.map((one) => ({ ...one, expected: answers.shift() ?? [] }));
  const all = give(asked.anywhere);
  const groups = asked.groups.map((queries, i): Group => ({
    queries: give(queries),
    before: (asked.before[i] ?? []).map((one) => ({ ...one, expected: null })),
  }));
  return { anywhere: all, groups };
}

function make(count: number): QuerySets {
  const [point, polygon] = [answered(questionsOf('point', count)), answered(questionsOf('polygon', count))];
  const none = { box: [], id: [] };
  return {
    anywhere: { ...none, point: point.anywhere, polygon: polygon.anywhere, section: [], commune: [] },
    sameRegion: { ...none, point: point.groups, polygon: polygon.groups },
    nearby: [],
  };
}

/** `count` points and as many small polygons, anywhere and in regions of ten kilometres. */
export async function bigQuestions(count: number): Promise<QuerySets> {
  const folder = await built({
    name: `queries-big-${count}`,
    inputs: [SEED, BIG_FEATURES, LATTICE],
    code: ['bench/data/big.ts', 'bench/data/big-questions.ts', 'bench/data/places.ts'],
    make: (target) => {
      writeFileSync(join(target, 'queries.json'), JSON.stringify(make(count)));
    },
  });
  return JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as QuerySets;
}
