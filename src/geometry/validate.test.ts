import type { Geometry } from 'geojson';
import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { parseGeometry } from './validate.ts';

const POINT = { type: 'Point', coordinates: [2.35, 48.85] };
const LINE = {
  type: 'LineString',
  coordinates: [
    [2, 48],
    [3, 49],
  ],
};
const RING = [
  [2, 48],
  [3, 48],
  [3, 49],
  [2, 48],
];
const POLYGON = { type: 'Polygon', coordinates: [RING] };

const feature = (geometry: unknown): unknown => ({ type: 'Feature', properties: null, geometry });
const features = (...members: unknown[]): unknown => ({ type: 'FeatureCollection', features: members });
const collection = (...geometries: unknown[]): unknown => ({ type: 'GeometryCollection', geometries });
const named = (name: unknown): unknown => ({ ...POINT, crs: { type: 'name', properties: { name } } });

function refusal(input: unknown): CartoError {
  try {
    parseGeometry(input);
  } catch (error) {
    if (error instanceof CartoError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(input)}`);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

describe('parseGeometry accepts', () => {
  const GEOMETRIES: readonly unknown[] = [
    POINT,
    {
      type: 'MultiPoint',
      coordinates: [
        [2, 48],
        [3, 49],
      ],
    },
    LINE,
    {
      type: 'MultiLineString',
      coordinates: [
        LINE.coordinates,
        [
          [0, 44],
          [0, 44],
        ],
      ],
    },
    POLYGON,
    { type: 'MultiPolygon', coordinates: [[RING], [RING, RING]] },
    collection(POINT, collection(LINE, POLYGON)),
  ];

  it.each(GEOMETRIES.map((geometry) => [JSON.stringify(geometry), geometry] as const))(
    '%s',
    (text, geometry) => {
      expect(parseGeometry(geometry)).toEqual(geometry);
      expect(parseGeometry(text)).toEqual(geometry);
      expect(parseGeometry(feature(geometry))).toEqual(geometry);
      expect(parseGeometry(JSON.stringify(feature(geometry)))).toEqual(geometry);
      expect(parseGeometry(features(feature(geometry)))).toEqual(geometry);
    },
  );

  it('several features as one collection', () => {
    expect(parseGeometry(features(feature(POINT), feature(LINE)))).toEqual(collection(POINT, LINE));
  });

  it('altitudes and measures, and drops them, as it drops all other members', () => {
    const geometry = {
      type: 'LineString',
      coordinates: [
        [2, 48, 120],
        [3, 49, null, 7],
      ],
      bbox: [2, 48, 3, 49],
      id: 5,
    };
    expect(parseGeometry(geometry)).toEqual({
      type: 'LineString',
      coordinates: [
        [2, 48],
        [3, 49],
      ],
    });
  });

  it('the edges of the globe', () => {
    const corners = {
      type: 'MultiPoint',
      coordinates: [
        [-180, -90],
        [180, 90],
      ],
    };
    expect(parseGeometry(corners)).toEqual(corners);
  });

  it.each([
    'urn:ogc:def:crs:OGC:1.3:CRS84',
    'urn:ogc:def:crs:OGC::CRS84',
    'OGC:CRS84',
    'CRS:84',
    'CRS84',
    'EPSG:4326',
    'epsg:4326',
    'urn:ogc:def:crs:EPSG::4326',
    'urn:ogc:def:crs:EPSG:6.9:4326',
    'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
    'http://www.opengis.net/def/crs/EPSG/0/4326',
  ])('the crs %s', (name) => {
    expect(parseGeometry(named(name))).toEqual(POINT);
  });

  it('the crs of former answers of API Carto, and none', () => {
    expect(parseGeometry({ ...POINT, crs: { type: 'EPSG', properties: { code: '4326' } } })).toEqual(POINT);
    expect(parseGeometry({ ...POINT, crs: null })).toEqual(POINT);
  });

  it('a geometry that only partly looks swapped', () => {
    const oceanic = {
      type: 'LineString',
      coordinates: [
        [45, 0],
        [55.5, -21],
      ],
    };
    expect(parseGeometry(oceanic)).toEqual(oceanic);
  });

  it('what is frozen, without keeping or sharing any of it', () => {
    const input = frozen({ type: 'MultiPolygon', coordinates: [[RING, RING]] });
    const parsed = parseGeometry(input);
    expect(parsed).toEqual(input);
    const reached = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(reached)] : [];
    const theirs = new Set(reached(input));
    expect(reached(parsed).filter((part) => theirs.has(part))).toEqual([]);
  });

  it('a __proto__ member as any other that means nothing', () => {
    const text = '{"type":"Point","coordinates":[2,48],"__proto__":{"type":"Polygon","crs":"EPSG:2154"}}';
    expect(parseGeometry(text)).toEqual({ type: 'Point', coordinates: [2, 48] });
    expect(Object.getPrototypeOf(parseGeometry(text))).toBe(Object.prototype);
  });

  it('a million positions', () => {
    const coordinates = Array.from({ length: 1_000_000 }, (_, i) => [i / 1e6, 45]);
    const parsed: Geometry = parseGeometry({ type: 'LineString', coordinates });
    expect(parsed.type === 'LineString' && parsed.coordinates.length).toBe(1_000_000);
  });
});

describe('parseGeometry refuses', () => {
  type Refusal = readonly [what: string, input: unknown, path: string, words: string];

  const position = (...numbers: unknown[]): unknown => ({ type: 'Point', coordinates: numbers });
  const polygon = (...rings: unknown[]): unknown => ({ type: 'Polygon', coordinates: rings });

  const AS_LAT_LON = 'expected [longitude, latitude], found [latitude, longitude]';

  const SWAPPED: readonly (readonly [what: string, input: unknown])[] = [
    ['Paris', position(48.85, 2.35)],
    ['Ouessant', position(48.47, -5.1)],
    ['Cayenne', position(4.93, -52.33)],
    ['Saint-Denis', position(-20.88, 55.45)],
    ['Mayotte', position(-12.78, 45.23)],
    ['Marigot', position(18.07, -63.08)],
    ['Saint-Pierre', position(46.78, -56.18)],
    ['a polygon', polygon(RING.map(([x, y]) => [y, x]))],
    [
      'a collection of multi-geometries',
      collection(
        { type: 'MultiPolygon', coordinates: [[RING.map(([x, y]) => [y, x])]] },
        { type: 'MultiLineString', coordinates: [LINE.coordinates.map(([x, y]) => [y, x])] },
      ),
    ],
    [
      'Pointe-à-Pitre and Fort-de-France',
      {
        type: 'MultiPoint',
        coordinates: [
          [16.24, -61.53],
          [14.6, -61.07],
        ],
      },
    ],
  ];

  const REFUSALS: readonly Refusal[] = [
    ['NaN', position(2, NaN), 'geom.coordinates[1]', 'a finite number, found NaN'],
    ['Infinity', position(-Infinity, 48), 'geom.coordinates[0]', 'found -Infinity'],
    ['a number in a text', position('2.35', 48), 'geom.coordinates[0]', 'found "2.35"'],
    ['a missing latitude', position(2), 'geom.coordinates[1]', 'found nothing'],
    ['null for a longitude', position(null, 48), 'geom.coordinates[0]', 'found null'],
    ['an empty position', position(), 'geom.coordinates[0]', 'found nothing'],
    [
      'more numbers than a position has',
      position(2, 48, 3, 49, 4),
      'geom.coordinates',
      '[longitude, latitude], found an array',
    ],
    ['no coordinates', { type: 'Point' }, 'geom.coordinates', 'found nothing'],
    [
      'an object for a position',
      { type: 'Point', coordinates: { lon: 2, lat: 48 } },
      'geom.coordinates',
      'found an object',
    ],
    [
      'positions where there should be one',
      { type: 'Point', coordinates: [[2, 48]] },
      'geom.coordinates[0]',
      'found an array',
    ],
    [
      'one position where there should be several',
      { type: 'MultiPoint', coordinates: [2, 48] },
      'geom.coordinates[0]',
      'found 2',
    ],
    [
      'a hole in an array',
      { type: 'MultiPoint', coordinates: Object.assign([], { 1: [2, 48], length: 2 }) },
      'geom.coordinates[0]',
      'found nothing',
    ],
    [
      'a number for an array of lines',
      { type: 'MultiLineString', coordinates: 5 },
      'geom.coordinates',
      'found 5',
    ],
    ['a number for a ring', polygon(5), 'geom.coordinates[0]', 'found 5'],
    [
      'no positions',
      { type: 'MultiPoint', coordinates: [] },
      'geom.coordinates',
      'an array of 1 or more, found 0',
    ],
    [
      'a line of one position',
      { type: 'LineString', coordinates: [[2, 48]] },
      'geom.coordinates',
      'an array of 2 or more, found 1',
    ],
    [
      'no lines',
      { type: 'MultiLineString', coordinates: [] },
      'geom.coordinates',
      'an array of 1 or more, found 0',
    ],
    [
      'an empty line among others',
      { type: 'MultiLineString', coordinates: [LINE.coordinates, []] },
      'geom.coordinates[1]',
      'found 0',
    ],
    ['no rings', polygon(), 'geom.coordinates', 'an array of 1 or more, found 0'],
    [
      'a ring of three positions',
      polygon([
        [2, 48],
        [3, 48],
        [2, 48],
      ]),
      'geom.coordinates[0]',
      'an array of 4 or more, found 3',
    ],
    [
      'an open ring',
      polygon(RING, [
        [2, 48],
        [3, 48],
        [3, 49],
        [2, 49],
      ]),
      'geom.coordinates[1][3]',
      'ending at [2,48], found [2,49]',
    ],
    [
      'a polygon without rings among others',
      { type: 'MultiPolygon', coordinates: [[RING], []] },
      'geom.coordinates[1]',
      'an array of 1 or more, found 0',
    ],
    ['an empty collection', collection(), 'geom.geometries', 'an array of 1 or more, found 0'],
    ['a collection without geometries', { type: 'GeometryCollection' }, 'geom.geometries', 'found nothing'],
    [
      'a feature in a collection of geometries',
      collection(feature(POINT)),
      'geom.geometries[0].type',
      'found "Feature"',
    ],
    [
      'something wrong deep inside',
      features(
        feature(POINT),
        feature(
          collection(
            LINE,
            polygon([
              [2, 48],
              [3, 48],
              [3, 'x'],
              [2, 48],
            ]),
          ),
        ),
      ),
      'geom.features[1].geometry.geometries[1].coordinates[0][2][1]',
      'found "x"',
    ],
    ['a feature without a place', feature(null), 'geom.geometry', 'found null'],
    ['a feature without a geometry', { type: 'Feature' }, 'geom.geometry', 'found nothing'],
    ['no features', features(), 'geom.features', 'an array of 1 or more, found 0'],
    ['a geometry for a feature', features(POINT), 'geom.features[0].type', 'expected Feature, found "Point"'],
    ['an unknown type', { type: 'Circle', coordinates: [2, 48] }, 'geom.type', 'found "Circle"'],
    ['a type in lower case', { type: 'point', coordinates: [2, 48] }, 'geom.type', 'found "point"'],
    ['no type', { coordinates: [2, 48] }, 'geom.type', 'found nothing'],
    ['an array', [2, 48], 'geom', 'found an array'],
    ['null', null, 'geom', 'found null'],
    ['nothing', undefined, 'geom', 'found nothing'],
    ['a number', 12, 'geom', 'found 12'],
    ['WKT', 'POINT (2 48)', 'geom', 'expected GeoJSON, found the text "POINT (2 48)"'],
    ['an empty text', '', 'geom', 'found the text ""'],
    ['a text in JSON', '"POINT (2 48)"', 'geom', 'found "POINT (2 48)"'],
    [
      'Lambert-93 by its name',
      named('urn:ogc:def:crs:EPSG::2154'),
      'geom.crs',
      'found "urn:ogc:def:crs:EPSG::2154"',
    ],
    ['4326 of another authority', named('IGNF:4326'), 'geom.crs', 'found "IGNF:4326"'],
    ['a crs without a name', { ...POINT, crs: {} }, 'geom.crs', 'found an object'],
    [
      'a linked crs',
      { ...POINT, crs: { type: 'link', properties: { href: 'x' } } },
      'geom.crs',
      'found an object',
    ],
    [
      'a crs on a geometry in a feature',
      feature(named('EPSG:27572')),
      'geom.geometry.crs',
      'found "EPSG:27572"',
    ],
    ['a longitude off the globe', position(180.5, 48), 'geom.coordinates', 'degrees, found [180.5, 48]'],
    [
      'Lambert-93 metres',
      position(652_000, 6_862_000),
      'geom.coordinates',
      'degrees, found [652000, 6862000]: Lambert-93?',
    ],
    ['other metres', position(5e6, -3e6), 'geom.coordinates', 'degrees, found [5000000, -3000000]'],
    ['Nouméa as lat, lon', position(-22.27, 166.44), 'geom.coordinates', '[-22.27, 166.44]: lat, lon?'],
    ...SWAPPED.map(([what, input]) => [`${what} as lat, lon`, input, 'geom', AS_LAT_LON] as const),
  ];

  it.each(REFUSALS)('%s', (_, input, path, words) => {
    const { code, retryable, details, message } = refusal(input);
    expect({ code, retryable, path: details['path'] }).toEqual({
      code: 'InvalidQuery',
      retryable: false,
      path,
    });
    expect(message.startsWith(`${path}: expected `)).toBe(true);
    expect(message).toContain(words);
  });

  it('positions without end, and says so in few words', () => {
    const long = 'x'.repeat(1_000_000);
    expect(refusal(long).message.length).toBeLessThan(200);
    expect(refusal(position(long, 48)).message.length).toBeLessThan(200);
    expect(refusal({ type: long }).message.length).toBeLessThan(300);
  });

  it('collections nested 20,000 deep, as objects and as text, without overflowing the stack', () => {
    const DEPTH = 20_000;
    let nested: unknown = POINT;
    for (let i = 0; i < DEPTH; i++) nested = collection(nested);
    const text =
      '{"type":"GeometryCollection","geometries":['.repeat(DEPTH) +
      JSON.stringify(POINT) +
      ']}'.repeat(DEPTH);
    for (const input of [nested, text]) {
      expect(refusal(input).message).toContain('at most 16 collections within each other');
    }
  });

  it('coordinates nested 100,000 deep', () => {
    const text = `{"type":"Polygon","coordinates":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(refusal(text).code).toBe('InvalidQuery');
  });

  it('more than two million positions, in one list or in all together', () => {
    const line = (count: number): unknown => ({
      type: 'LineString',
      coordinates: Array.from({ length: count }, () => [2, 48]),
    });
    expect(refusal(line(2_000_001)).message).toBe(
      'geom.coordinates[2000000]: expected at most 2000000 positions, found more',
    );
    const half = line(1_000_001);
    expect(refusal(collection(half, half)).message).toBe(
      'geom.geometries[1].coordinates[999999]: expected at most 2000000 positions, found more',
    );
  });

  it('under the name that the caller gives it', () => {
    expect(() => parseGeometry(null, 'zone')).toThrow('zone: expected');
  });
});
