import { describe, expect, it } from 'vitest';
import { boxOf } from '../geometry/shape.ts';
import { decodePage, encodePage, type Page, type PageFeature } from './page.ts';
import { RandomUnits } from './testing/random-units.ts';

const KINDS = ['MultiPolygon', 'MultiLineString', 'MultiPoint'] as const;
const units = new RandomUnits(7);
const NO_FILES: Page['files'] = new Map();

/** A whole feature of one ring, given open. */
function square(...open: readonly number[]): PageFeature {
  const polygons = [[Float64Array.of(...open, ...open.slice(0, 2))]];
  const parts = { points: new Float64Array(0), lines: [], polygons };
  return { partition: 0, position: 0, values: [], shape: { ...parts, box: boxOf(parts) }, place: null };
}

const encoded = (...features: readonly PageFeature[]): Uint8Array =>
  encodePage({ features, locals: [], files: NO_FILES }, 0, 'MultiPolygon');

describe('a page', () => {
  it.each(KINDS)('of %s comes back as it was', (geometry) => {
    for (let i = 0; i < 200; i++) {
      const fields = units.within(0, 6);
      const written = units.page(geometry, fields);
      expect(decodePage(encodePage(written, fields, geometry), fields, geometry, 'x.idx')).toEqual(written);
    }
  });

  it('of nothing, or of one feature, comes back as it was', () => {
    const nothing = { features: [], locals: [], files: NO_FILES };
    expect(decodePage(encodePage(nothing, 3, 'MultiPoint'), 3, 'MultiPoint', 'x.idx')).toEqual(nothing);
    const one = { ...nothing, features: [square(0, 0, 1, 0, 1, 1)] };
    expect(decodePage(encodePage(one, 0, 'MultiPolygon'), 0, 'MultiPolygon', 'x.idx')).toEqual(one);
  });

  it('writes a vertex once, however many paths have it', () => {
    const far = 1e10;
    const alone = encoded(square(far, far, far + 99_999, far, far, far + 99_999)).length;
    const twice = square(far, far, far, far + 99_999, far + 99_999, far);
    const both = encoded(square(far, far, far + 99_999, far, far, far + 99_999), twice).length;
    // Its position, three counts, three numbers.
    expect(both - alone).toBe(7);
  });

  it('keeps vertices apart that its dictionary takes for one', () => {
    const page = {
      features: [square(0, 65521, 1, 0, 5, 5), square(1, 0, 0, 65521, 9, 9)],
      locals: [],
      files: NO_FILES,
    };
    expect(decodePage(encodePage(page, 0, 'MultiPolygon'), 0, 'MultiPolygon', 'x.idx')).toEqual(page);
  });
});

describe('what a page cannot say', () => {
  const feature = square(0, 0, 1, 0, 1, 1);
  const place = { offset: 1, length: 1, crc: 1, box: [0, 0, 0, 0] as const };

  it('is refused in writing', () => {
    const open = {
      ...feature,
      shape: {
        points: new Float64Array(0),
        lines: [],
        polygons: [[Float64Array.of(0, 0, 1, 1)]],
        box: [0, 0, 1, 1] as const,
      },
    };
    expect(() => encoded(open)).toThrow(/not closed/);
    expect(() => encoded({ ...feature, place })).toThrow(/one of shape and place/);
    expect(() => encoded({ ...feature, shape: null })).toThrow(/one of shape and place/);
    expect(() => encoded({ ...feature, values: ['one too many'] })).toThrow(/a row of/);
    expect(() => encodePage({ features: [feature], locals: [], files: NO_FILES }, 0, 'MultiPoint')).toThrow(
      /MultiPolygon/,
    );
    const part = { dimension: 2, covers: true, isOver: true, chains: [Float64Array.of(0, 0)] } as const;
    const locals = [{ leaf: 0, feature: 0, parts: [part] }];
    expect(() => encodePage({ features: [feature], locals, files: NO_FILES }, 0, 'MultiPolygon')).toThrow(
      /no chains/,
    );
    const empty = [
      { leaf: 0, feature: 0, parts: [{ ...part, covers: false, chains: [new Float64Array(0)] }] },
    ];
    expect(() =>
      encodePage({ features: [feature], locals: empty, files: NO_FILES }, 0, 'MultiPolygon'),
    ).toThrow(/without vertices/);
  });
});
