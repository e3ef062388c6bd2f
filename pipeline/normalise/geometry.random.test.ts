import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { LATTICE, toDegrees } from '../../src/geometry/lattice.ts';
import type { Coordinates, Rings } from '../../src/geometry/shape.ts';
import { seededRandom } from '../../src/testing/random.ts';
import { findBounds } from './bounds.ts';
import { findReprojection } from './crs.ts';
import { normaliseGeometry } from './geometry.ts';
import { Reject } from './reject.ts';
import { writePolygons } from './wkb.ts';

const SEED = 20;
const ROUNDS = 300;
/** Few places, so that vertices and edges coincide often. */
const GRID = 8;
const STEP = 1000;
const [WEST, SOUTH] = [4 * LATTICE, 47 * LATTICE];

const random = seededRandom(SEED);
const bounds = findBounds('FXX');
const { transformation } = findReprojection(null, 'EPSG:4326', {});

/** Of the corners that three places make; 0 when they are on one line. */
function turn(
  [ax = 0, ay = 0]: Coordinates,
  [bx = 0, by = 0]: Coordinates,
  [cx = 0, cy = 0]: Coordinates,
): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/** Whether the ring goes along some line twice: what it then surrounds is a matter of taste. */
function retraces(ring: Coordinates): boolean {
  const corners = Array.from({ length: ring.length / 2 }, (_, i) => ring.subarray(2 * i, 2 * i + 2));
  const edges = corners.slice(1).map((to, i) => [corners[i] ?? to, to] as const);
  return edges.some(([a, b], i) =>
    edges.slice(0, i).some(([c, d]) => turn(a, b, c) === 0 && turn(a, b, d) === 0),
  );
}

function randomRing(): Coordinates {
  const corners = 3 + Math.floor(random() * 5);
  const xy = Array.from({ length: corners }, () => [
    WEST + STEP * Math.floor(random() * GRID),
    SOUTH + STEP * Math.floor(random() * GRID),
  ]).flat();
  const ring = Float64Array.from([...xy, ...xy.slice(0, 2)]);
  return retraces(ring) ? randomRing() : ring;
}

/** Whether an odd number of the ring's edges lie east of the point, which is on none of them. */
function surrounds(ring: Coordinates, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = ring.subarray(i, i + 4);
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside;
  }
  return inside;
}

/** Whether the point is inside, `null` so near to a border that rounding may move it across. */
function expectation(shells: readonly Coordinates[], x: number, y: number): boolean | null {
  const around = [-2, 0, 2].flatMap((dx) => [-2, 0, 2].map((dy) => [x + dx, y + dy] as const));
  const inside = around.map(([px, py]) => shells.map((shell) => surrounds(shell, px, py)));
  const [first = []] = inside;
  const same = inside.every((answers) => answers.every((answer, i) => answer === first[i]));
  return same ? first.includes(true) : null;
}

function toWkt(polygons: readonly Rings[]): string {
  const position = (ring: Coordinates, i: number): string =>
    `${toDegrees(ring[2 * i] ?? NaN)} ${toDegrees(ring[2 * i + 1] ?? NaN)}`;
  const ringText = (ring: Coordinates): string =>
    `(${Array.from({ length: ring.length / 2 }, (_, i) => position(ring, i)).join(',')})`;
  return `MULTIPOLYGON(${polygons.map((rings) => `(${rings.map(ringText).join(',')})`).join(',')})`;
}

function normalise(polygons: readonly Rings[]): readonly Rings[] {
  if (bounds === null) throw new Error('no bounds');
  const plan = { geometry: 'MultiPolygon', transformation, bounds } as const;
  try {
    return normaliseGeometry(gdal.Geometry.fromWKT(toWkt(polygons)), plan, () => undefined).polygons;
  } catch (error) {
    if (error instanceof Reject) return [];
    throw error;
  }
}

describe(`random polygons, seed ${SEED}`, () => {
  it('become valid, and hold the ground that their rings surround', () => {
    for (let round = 0; round < ROUNDS; round++) {
      const shells = Array.from({ length: 1 + Math.floor(random() * 3) }, randomRing);
      const polygons = shells.map((shell) => [shell]);
      const result = normalise(polygons);
      expect(gdal.Geometry.fromWKB(writePolygons(result)).isValid()).toBe(true);
      for (let n = 0; n < 20; n++) {
        const [x, y] = [WEST + random() * GRID * STEP, SOUTH + random() * GRID * STEP];
        const expected = expectation(shells, x, y);
        if (expected === null) continue;
        const found = result.some((rings) => rings.filter((ring) => surrounds(ring, x, y)).length % 2 === 1);
        expect(found, `round ${round}: ${toWkt(polygons)} at ${x / LATTICE} ${y / LATTICE}`).toBe(expected);
      }
    }
  });
});
