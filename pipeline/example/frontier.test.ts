import { describe, expect, it } from 'vitest';
import { dissolve } from './dissolve.ts';
import { contourOf, type Grid } from './frontier.ts';
import { signedArea, type Ring } from './ring.ts';

const GRID: Grid = { name: 'test', epsg: 2154, origin: [800_000, 6_600_000], side: 2000 };

function vertices(ring: Ring): Set<string> {
  return new Set(ring.map((point) => point.join(' ')));
}

describe('contourOf', () => {
  it('gives neighbours, drawn apart, the very same limit', () => {
    const east = vertices(contourOf(GRID, [1, 0]));
    const shared = [...vertices(contourOf(GRID, [0, 0]))].filter((vertex) => east.has(vertex));
    // Five halvings make 32 segments, hence 33 vertices.
    expect(shared).toHaveLength(33);
  });

  it('closes counter-clockwise', () => {
    const ring = contourOf(GRID, [3, 4]);
    expect(ring.at(-1)).toEqual(ring[0]);
    expect(signedArea(ring)).toBeGreaterThan(0);
  });

  it('depends on the name of the grid', () => {
    expect(contourOf({ ...GRID, name: 'other' }, [0, 0])).not.toEqual(contourOf(GRID, [0, 0]));
  });
});

describe('dissolve', () => {
  it('keeps the area of communes that tile and drops the limits between them', () => {
    const parts = [contourOf(GRID, [0, 0]), contourOf(GRID, [1, 0]), contourOf(GRID, [1, 1])];
    const outline = dissolve(parts);
    const sum = parts.reduce((total, ring) => total + signedArea(ring), 0);
    expect(signedArea(outline)).toBeCloseTo(sum, 3);
    expect(outline.at(-1)).toEqual(outline[0]);
  });

  it('refuses communes that do not touch', () => {
    expect(() => dissolve([contourOf(GRID, [0, 0]), contourOf(GRID, [5, 5])])).toThrow('no single outline');
  });
});
