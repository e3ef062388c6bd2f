import { describe, expect, it } from 'vitest';
import { faultInGeojson } from './geojson.ts';

const NESTED =
  'a number was found where a coordinate array should have been found: this needs to be nested more deeply';
const NO_POSITION = 'position should be an array, is a number instead';
const RING = [
  [1, 48],
  [2, 48],
  [2, 49],
  [1, 48],
];
const POINT = { type: 'Point', coordinates: [1, 48] };

describe('GeoJSON that is right', () => {
  it.each([
    POINT,
    { type: 'Point', coordinates: [-4.3439999999999989, 47.8, 12] },
    { type: 'MultiPoint', coordinates: [] },
    { type: 'LineString', coordinates: RING },
    { type: 'MultiLineString', coordinates: [RING] },
    { type: 'Polygon', coordinates: [RING, RING] },
    { type: 'Polygon', coordinates: [[...RING].reverse()] },
    { type: 'MultiPolygon', coordinates: [[RING]] },
    { type: 'GeometryCollection', geometries: [POINT, POINT] },
    { type: 'Feature', properties: null, geometry: POINT, bbox: [1, 2, 3, 4] },
    { type: 'Feature', properties: {}, geometry: null },
    { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: POINT }] },
    { ...POINT, unknown: 1 },
  ])('%j', (value) => {
    expect(faultInGeojson(value)).toBeNull();
    expect(faultInGeojson(JSON.stringify(value))).toBeNull();
  });
});

describe('GeoJSON that is wrong', () => {
  it.each<[unknown, string]>([
    [12, 'Expected string or object as input'],
    [null, 'The root of a GeoJSON object must be an object.'],
    ['12', 'The root of a GeoJSON object must be an object.'],
    [{}, '"type" member required'],
    [[], '"type" member required'],
    [{ type: 1 }, '"type" member should be string, but is an number instead'],
    [{ type: 'polygon' }, 'Expected Polygon but got polygon (case sensitive)'],
    [{ type: 'Circle' }, 'The type Circle is unknown'],
    [{ type: 'constructor' }, 'The type constructor is unknown'],
    [{ type: 'Point' }, '"coordinates" member required'],
    [
      { type: 'Point', coordinates: '1,2' },
      '"coordinates" member should be an array, but is an string instead',
    ],
    [{ type: 'Point', coordinates: [1] }, 'position must have 2 or more elements'],
    [{ type: 'Point', coordinates: [1, '2'] }, 'each element in a position must be a number'],
    [{ ...POINT, properties: {} }, 'geometry object cannot contain a "properties" member'],
    [{ ...POINT, bbox: [1, 2] }, 'bbox must contain 4 elements (for 2D) or 6 elements (for 3D)'],
    [{ ...POINT, bbox: 'a' }, 'bbox member must be an array of numbers, but is a string'],
    [{ type: 'MultiPoint', coordinates: [1, 2] }, `${NO_POSITION}, ${NO_POSITION}`],
    [
      { type: 'LineString', coordinates: [[1, 2]] },
      'a line needs to have two or more coordinates to be valid',
    ],
    [{ type: 'MultiLineString', coordinates: [1] }, NESTED],
    [{ type: 'Polygon', coordinates: RING }, [NESTED, NESTED, NESTED, NESTED].join(', ')],
    [
      {
        type: 'Polygon',
        coordinates: [
          [
            [1, 2],
            [1, 3],
          ],
        ],
      },
      'a LinearRing of coordinates needs to have four or more positions, the first and last positions in a LinearRing of coordinates must be the same',
    ],
    [{ type: 'Polygon', coordinates: [null] }, "Cannot read properties of null (reading '__line__')"],
    [{ type: 'GeometryCollection' }, '"geometries" member required'],
    [
      { type: 'GeometryCollection', geometries: [POINT, { type: 'GeometryCollection', geometries: [] }] },
      'GeometryCollection should avoid nested geometry collections',
    ],
    [
      { type: 'GeometryCollection', geometries: [1, POINT] },
      'The geometries array in a GeometryCollection must contain only geometry objects, "type" member required',
    ],
    [{ type: 'Feature' }, '"properties" member required, "geometry" member required'],
    [
      { type: 'Feature', properties: [], geometry: 'x', id: {} },
      'Feature "id" member must have a string or number value, "properties" member should be object, but is an Array instead, "geometry" member should be object, but is an String instead',
    ],
    [{ type: 'FeatureCollection', features: [1] }, 'Every feature must be an object'],
    [
      { type: 'FeatureCollection', features: [{ properties: {}, geometry: null }] },
      'GeoJSON features must have a type=feature member',
    ],
  ])('%j', (value, message) => {
    expect(faultInGeojson(value)).toBe(message);
    if (typeof value === 'object') expect(faultInGeojson(JSON.stringify(value))).toBe(message);
  });

  it.each(['', 'abc', 'POINT(1 2)', '{"type":"Point"', "{'type':'Point'}", '['.repeat(100_000)])(
    'is no JSON: %.20s',
    (text) => {
      expect(faultInGeojson(text)).toMatch(/^Parse error/);
    },
  );

  it('says a member twice', () => {
    const text = '{"type":"Point","coordinates":[1,48],"typ\\u0065":"Point","a":{"b":1,"b":2}}';
    expect(faultInGeojson(text)).toBe('An object contained duplicate members, making parsing ambigous: type');
  });

  it('is told of up to ten thousand times', () => {
    const coordinates = Array.from({ length: 20_000 }, () => 1);
    expect(faultInGeojson({ type: 'MultiPoint', coordinates })?.split(', ')).toHaveLength(20_000);
  });
});
