import { describe, expect, it } from 'vitest';
import { cleanPolygon, doubleArea, orient, withoutRepeats } from './rings.ts';

const LEFT = Float64Array.of(0, 0, 10, 0, 10, 10, 0, 10, 0, 0);
const RIGHT = Float64Array.of(0, 0, 0, 10, 10, 10, 10, 0, 0, 0);

function clean(...rings: Float64Array[]): { rings: number[][] | null; notes: string[] } {
  const notes: string[] = [];
  const polygon = cleanPolygon(rings, (note) => notes.push(note));
  return { rings: polygon?.map((ring) => [...ring]) ?? null, notes };
}

describe('rings', () => {
  it('keep a sound ring as it is', () => {
    expect(clean(LEFT)).toEqual({ rings: [[...LEFT]], notes: [] });
  });

  it('are closed when they are not', () => {
    expect(clean(LEFT.slice(0, -2))).toEqual({ rings: [[...LEFT]], notes: ['an unclosed ring: closed'] });
  });

  it('lose vertices that repeat the one before, the last included', () => {
    const repeated = Float64Array.of(0, 0, 0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 0, 0);
    expect(clean(repeated)).toEqual({ rings: [[...LEFT]], notes: ['repeated vertices: merged'] });
  });

  it('keep a vertex that comes back later: it is no repetition', () => {
    const eight = Float64Array.of(0, 0, 10, 10, 10, 0, 0, 0, -10, 0, -10, -10, 0, 0);
    expect(withoutRepeats(eight)).toBe(eight);
  });

  it('drop a hole that collapsed, and the polygon with its shell', () => {
    const point = Float64Array.of(5, 5, 5, 5, 5, 5, 5, 5);
    const dropped = ['a ring collapsed on the lattice: dropped'];
    expect(clean(LEFT, point)).toEqual({ rings: [[...LEFT]], notes: dropped });
    expect(clean(point, LEFT)).toEqual({ rings: null, notes: dropped });
    expect(clean()).toEqual({ rings: null, notes: [] });
  });

  it('have an area that is positive when they turn left, exact far from the origin', () => {
    expect(doubleArea(LEFT)).toBe(200);
    expect(doubleArea(RIGHT)).toBe(-200);
    const far = LEFT.map((value, i) => value + (i % 2 === 0 ? 5_600_000_000 : -2_100_000_000));
    expect(doubleArea(far)).toBe(200);
  });

  it('are turned left as shells and right as holes', () => {
    expect(orient([RIGHT, LEFT]).map((ring) => [...ring])).toEqual([[...LEFT], [...RIGHT]]);
    const sound = [LEFT, RIGHT];
    expect(orient(sound)).toEqual(sound);
  });
});
