/** What a query at the limits costs, counted in edges looked at. */
import type { Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { figureOf, someEdge } from './figure.ts';
import { latticeProbe, locate, type Probe } from './locate.ts';
import { prepare } from './prepare.ts';
import { shapeOf } from './shape.ts';
import { rectangle, polygon, shapeOfDrawing } from './testing/drawing.ts';
import { parseGeometry } from './validate.ts';

const VERTICES = 1_000_000;

/** A ring around Paris of some 100 km that wavers from vertex to vertex. */
function giant(): Polygon {
  const ring = Array.from({ length: VERTICES }, (_, i): Position => {
    const [angle, reach] = [(2 * Math.PI * i) / VERTICES, 0.5 + 0.001 * (i % 7)];
    return [2.35 + reach * Math.cos(angle), 48.85 + reach * Math.sin(angle)];
  });
  return { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] };
}

describe('a query of a million vertices', () => {
  const shape = shapeOf(parseGeometry(giant()));
  const figure = figureOf(shape);

  it('has one run for thirty-two edges and nothing else beside its coordinates', () => {
    expect(new Set(figure.runs.map(({ xy }) => xy))).toEqual(new Set(shape.polygons[0]));
    expect(figure.runs.length).toBe(VERTICES / 32);
    expect(figure.levels.reduce((sum, level) => sum + level.length, 0)).toBeLessThan(VERTICES / 29);
  });

  it('looks at few edges a feature', () => {
    const [x, y] = [285_000_000, 4_885_000_000];
    let looks = 0;
    someEdge(figure, [x, y, x + 30_000, y + 30_000], () => looks++ < 0);
    const inner = latticeProbe(236_000_000, y);
    const side: Probe['side'] = (xy, i) => inner.side(xy, i) + 0 * looks++;
    expect(locate(figure, { box: inner.box, side }).over.size).toBe(1);
    expect(looks).toBeLessThan(2_000);
  });

  it('answers', () => {
    const query = prepare(shape);
    const parcel = (x: number, y: number): boolean =>
      query.intersects(shapeOfDrawing(polygon(rectangle(x, y, x + 3_000, y + 2_000))));
    expect(parcel(235_000_000, 4_885_000_000)).toBe(true);
    expect(parcel(285_000_000, 4_885_000_000)).toBe(true);
    expect(parcel(286_000_000, 4_885_000_000)).toBe(false);
  });
});
