import { describe, expect, it } from 'vitest';
import type { Coordinates } from '../../src/geometry/shape.ts';
import { cadastre, doubleArea, type Parcelle } from './cadastre.ts';
import { communesOf, landOf, type Commune } from './communes.ts';

const SIZE = 6_000;
const parcelles = [...cadastre(3, SIZE)];

function ringOf({ shape }: Parcelle): Coordinates {
  const ring = shape.polygons[0]?.[0];
  if (ring === undefined) throw new Error('a parcel without a ring');
  return ring;
}

/** The ring of a commune's own borders. */
function outlineOf(commune: Commune): Float64Array {
  const { bottom, right, top, left } = landOf(3, commune);
  const forward = [bottom, right].flatMap(({ chain }) => chain.knots.slice(0, -1));
  const back = [top, left].flatMap(({ chain }) => chain.knots.slice(1).reverse());
  const knots = [...forward, ...back];
  return Float64Array.from([...knots, ...knots.slice(0, 1)].flatMap(({ x, y }) => [x, y]));
}

type Point = readonly [number, number];

function side(a: Point, b: Point, c: Point): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function properlyCross([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function edgesOf(ring: Coordinates): [Point, Point][] {
  const at = (i: number): Point => [ring[2 * i] ?? NaN, ring[2 * i + 1] ?? NaN];
  return Array.from({ length: ring.length / 2 - 1 }, (_, i) => [at(i), at(i + 1)]);
}

function isSimple(ring: Coordinates): boolean {
  const edges = edgesOf(ring);
  return edges.every((edge, i) => edges.slice(i + 1).every((other) => !properlyCross(edge, other)));
}

describe('a synthetic cadastre', () => {
  it('is the same for the same seed and size', () => {
    const again = [...cadastre(3, SIZE)];
    expect(again.length).toBe(SIZE);
    expect(again).toEqual(parcelles);
    expect([...cadastre(4, SIZE)].slice(0, 50)).not.toEqual(parcelles.slice(0, 50));
  });

  it('names each parcel once', () => {
    expect(new Set(parcelles.map(({ properties }) => properties.idu)).size).toBe(SIZE);
  });

  it('has simple rings, all the same way round', () => {
    expect(parcelles.filter((parcelle) => doubleArea(ringOf(parcelle)) <= 0)).toEqual([]);
    expect(parcelles.filter((parcelle) => !isSimple(ringOf(parcelle)))).toEqual([]);
  });

  it('leaves no gap and no overlap in a commune, to the last square step', () => {
    for (const commune of communesOf(3, SIZE)) {
      const own = parcelles.filter(({ properties }) => properties['code_com'] === commune.code);
      const areas = own.map((parcelle) => BigInt(doubleArea(ringOf(parcelle))));
      const sum = areas.reduce((total, area) => total + area, 0n);
      expect(sum).toBe(BigInt(doubleArea(outlineOf(commune))));
    }
  });

  it('has about nine positions a ring, T-junctions, and sizes with a heavy tail', () => {
    const positions = parcelles.map((parcelle) => ringOf(parcelle).length / 2);
    const mean = positions.reduce((sum, count) => sum + count, 0) / SIZE;
    expect(mean).toBeGreaterThan(8);
    expect(mean).toBeLessThan(10);
    const sizes = parcelles.map(({ properties }) => Number(properties['contenance'])).sort((a, b) => a - b);
    expect((sizes[SIZE / 2] ?? 0) * 1.8).toBeLessThan(sizes.reduce((sum, size) => sum + size, 0) / SIZE);
    const uses = new Map<string, number>();
    for (const parcelle of parcelles) {
      for (const [[x, y]] of edgesOf(ringOf(parcelle))) uses.set(`${x} ${y}`, (uses.get(`${x} ${y}`) ?? 0) + 1);
    }
    // A corner of two parcels in the middle of a third one's edge belongs to two; to three, otherwise.
    expect([...uses.values()].filter((count) => count === 2).length).toBeGreaterThan(SIZE / 2);
    expect([...uses.values()].filter((count) => count === 3).length).toBeGreaterThan(SIZE / 2);
  });
});
