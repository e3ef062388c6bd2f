import type { Geometry } from 'geojson';
import { describe, expect, it } from 'vitest';
import { FeatureEncoder } from '../../pipeline/pack/encode.ts';
import { shapeOf } from '../geometry/shape.ts';
import { randomLine, randomPoints, randomPolygon } from '../testing/features.ts';
import { seededRandom } from '../testing/random.ts';
import { testFields } from '../testing/fields.ts';
import type { LayerGeometry } from './catalogue.ts';
import { readFeature, splitFeatures } from './read-feature.ts';

const SEED = 21;
const random = seededRandom(SEED);
const fields = testFields('idu contenance:integer hauteur:number rnu:boolean nom');
const BOX = [4, 47, 5, 48] as const;

const MAKERS: readonly (readonly [LayerGeometry, () => Geometry | null])[] = [
  ['MultiPolygon', () => randomPolygon(random, BOX, 0.1)],
  [
    'MultiPolygon',
    () => ({
      type: 'MultiPolygon',
      coordinates: [0, 1, 2].flatMap(() => randomPolygon(random, BOX, 0.1).coordinates),
    }),
  ],
  ['MultiLineString', () => randomLine(random, BOX, 0.1)],
  ['MultiPoint', () => randomPoints(random, BOX)],
  ['MultiPolygon', () => null],
  [null, () => null],
];

function encode(geometry: LayerGeometry, place: Geometry | null, properties = PROPERTIES): Uint8Array {
  const shape = place === null ? null : shapeOf(place);
  return new FeatureEncoder(fields, geometry).encode({ properties, shape });
}

const PROPERTIES = {
  idu: '21231000AB0001',
  contenance: 2 ** 40 + 1,
  hauteur: -0.1,
  rnu: false,
  nom: 'Œuilly 𝄞',
};
const VALUES = Object.values(PROPERTIES);

describe('a feature', () => {
  it.each(MAKERS)('of %s is read as it was encoded', (geometry, make) => {
    for (let round = 0; round < 50; round++) {
      const place = make();
      const read = readFeature(encode(geometry, place), { fields, geometry }, 'test');
      expect(read, `seed ${SEED}`).toEqual({ values: VALUES, shape: place === null ? null : shapeOf(place) });
    }
  });

  it('has null where a value is left out', () => {
    const bare = encode(null, null, { ...PROPERTIES, contenance: null, nom: null } as never);
    expect(readFeature(bare, { fields, geometry: null }, 'test').values).toEqual([
      PROPERTIES.idu,
      null,
      PROPERTIES.hauteur,
      false,
      null,
    ]);
  });

  it('has its texts whole, whatever they begin with', () => {
    const nom = '\uFEFFbom\0';
    const { values } = readFeature(
      encode(null, null, { ...PROPERTIES, nom }),
      { fields, geometry: null },
      'test',
    );
    expect(values.at(-1)).toBe(nom);
  });

  it('may stand anywhere in a buffer', () => {
    const bytes = encode('MultiPolygon', randomPolygon(random, BOX, 0.1));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const schema = { fields, geometry: 'MultiPolygon' } as const;
    expect(readFeature(shifted.subarray(3), schema, 'test')).toEqual(readFeature(bytes, schema, 'test'));
  });

  it('with any byte changed, or cut anywhere, is read or refused, never more', () => {
    const bytes = encode('MultiPolygon', randomPolygon(random, BOX, 0.1));
    const schema = { fields, geometry: 'MultiPolygon' } as const;
    const attempt = (broken: Uint8Array): void => {
      try {
        readFeature(broken, schema, 'test');
      } catch (error) {
        expect(error).toMatchObject({ code: 'CorruptFile' });
      }
    };
    for (let at = 0; at < bytes.length; at++) {
      attempt(bytes.subarray(0, at));
      for (const value of [0, 0x7f, 0xff]) attempt(Uint8Array.from(bytes).fill(value, at, at + 1));
    }
  });

  it('of another layer is refused', () => {
    const other = encode(null, null);
    expect(() => readFeature(other, { fields: fields.slice(0, 2), geometry: null }, 'test')).toThrow(
      'test: corrupt column 2',
    );
  });
});

describe('a run of features', () => {
  const one = encode(null, null);
  const run = new Uint8Array([...one, ...one, ...one]);

  it('is split by their lengths', () => {
    expect(splitFeatures(run, 3, 'test')).toEqual([one, one, one]);
    expect(splitFeatures(new Uint8Array(), 0, 'test')).toEqual([]);
  });

  it('is refused when they do not fill it or are not as many', () => {
    for (const [bytes, count] of [
      [run, 2],
      [run.subarray(1), 3],
      [run.subarray(0, -1), 3],
      [new Uint8Array([...run, 0]), 3],
    ] as const) {
      expect(() => splitFeatures(bytes, count, 'test')).toThrow(
        expect.objectContaining({ code: 'CorruptFile' }),
      );
    }
  });
});
