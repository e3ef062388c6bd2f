import { describe, expect, it } from 'vitest';
import type { LocalPart } from '../geometry/local.ts';
import { boxOf, type Coordinates, type Shape } from '../geometry/shape.ts';
import { seededRandom } from '../testing/random.ts';
import { ORIGIN } from './cells.ts';
import type { LayerGeometry } from './catalogue.ts';
import type { Value } from './feature-values.ts';
import { decodePage, encodePage, type Page, type PageFeature, type PageLocal } from './page.ts';

const random = seededRandom(7);
const within = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
const oneOf = <T>(...choices: readonly [T, ...T[]]): T =>
  choices[within(0, choices.length - 1)] ?? choices[0];
const many = <T>(least: number, most: number, make: (i: number) => T): T[] =>
  Array.from({ length: within(least, most) }, (_, i) => make(i));

const ordinate = (): number =>
  oneOf(
    () => within(-5, 5),
    () => within(-1.8e10, 1.8e10),
    () => oneOf(ORIGIN, -ORIGIN),
  )();
const path = (least: number): Coordinates =>
  Float64Array.from(many(least, 9, () => [ordinate(), ordinate()]).flat());
const ring = (): Coordinates => {
  const open = path(1);
  return Float64Array.of(...open, ...open.subarray(0, 2));
};

function shape(geometry: LayerGeometry): Shape {
  const parts = {
    points: geometry === 'MultiPoint' ? path(0) : new Float64Array(0),
    lines: geometry === 'MultiLineString' ? many(0, 3, () => path(1)) : [],
    polygons: geometry === 'MultiPolygon' ? many(0, 3, () => many(1, 3, ring)) : [],
  };
  return { ...parts, box: boxOf(parts) };
}

const value = (): Value =>
  oneOf<Value>(
    null,
    true,
    false,
    '',
    'é€😀"\\\u0000',
    '21054000AB0012',
    -0,
    0,
    0.1,
    -1e-300,
    2 ** 63,
    within(0, 1e6),
  );

function part(): LocalPart {
  const covers = random() < 0.3;
  return {
    dimension: oneOf<0 | 1 | 2>(0, 1, 2),
    covers,
    isOver: random() < 0.5,
    chains: covers ? [] : many(0, 3, () => oneOf(ring, () => path(1))()),
  };
}

function page(geometry: LayerGeometry, fields: number): Page {
  const constants = Array.from({ length: fields }, () => oneOf(null, { value: value() }));
  const features = many(0, 12, (i): PageFeature => {
    const isWhole = random() < 0.6;
    return {
      partition: oneOf(0, 0, 95),
      position: within(0, 1e8) + i,
      values: constants.map((constant) => (constant ? constant.value : value())),
      shape: isWhole ? shape(geometry) : null,
      place: isWhole
        ? null
        : {
            offset: within(0, 1e10),
            length: within(1, 1e7),
            crc: within(0, 2 ** 32 - 1),
            box: [-5, -ORIGIN, -5, 1.8e10],
          },
    };
  });
  const locals = many(0, features.length && 9, (): PageLocal => ({
    leaf: within(0, 40),
    feature: within(0, features.length - 1),
    parts: many(0, 3, part),
  }));
  return {
    features,
    locals: locals.toSorted((a, b) => a.leaf - b.leaf),
    files: new Map([0, 95].map((partition) => [partition, { hash: '0123456789abcdef', length: 2e10 }])),
  };
}

const KINDS = ['MultiPolygon', 'MultiLineString', 'MultiPoint'] as const;

describe('a page', () => {
  it.each(KINDS)('of %s comes back as it was', (geometry) => {
    for (let i = 0; i < 200; i++) {
      const fields = within(0, 6);
      const written = page(geometry, fields);
      expect(decodePage(encodePage(written, fields, geometry), fields, geometry, 'x.idx')).toEqual(written);
    }
  });
});
