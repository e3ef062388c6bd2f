import { describe, expect, it } from 'vitest';
import { createApi } from '../create-api.ts';
import { requestOf, stubCarto, type Rows } from '../testing/stub.ts';

const rows: Rows = ({ layer }) => {
  if (layer === 'gpu/acte-sup') return [{ properties: { idacte: 'a' } }];
  const properties = { code_dep: '21', code_com: '231' };
  const geometry = { type: 'MultiPoint' as const, coordinates: [[5, 47]] };
  return [
    { properties, geometry, bbox: [5, 47, 5, 47] },
    { properties, geometry, bbox: [4, 46, 6, 46.5] },
  ];
};

async function answerTo(path: string, from: Rows = rows): Promise<Response> {
  return createApi(stubCarto(from).carto)(requestOf('GET', `/api${path}`));
}

describe('the envelope', () => {
  it('has the members of upstream, in its order', async () => {
    const text = await (await answerTo('/cadastre/parcelle?code_dep=21')).text();
    const collection = JSON.parse(text) as Record<string, unknown> & { features: object[] };
    expect(Object.keys(collection)).toEqual([
      'type',
      'features',
      'totalFeatures',
      'numberMatched',
      'numberReturned',
      'timeStamp',
      'crs',
      'bbox',
    ]);
    expect(collection['timeStamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(collection['crs']).toEqual({ type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4326' } });
    expect(collection['bbox']).toEqual([4, 46, 6, 47]);
    expect(collection.features[0]).toEqual({
      type: 'Feature',
      id: 'parcelle.21.0',
      geometry: { type: 'MultiPoint', coordinates: [[5, 47]] },
      geometry_name: 'geom',
      properties: { code_dep: '21', code_com: '231', code_insee: '21231' },
      bbox: [5, 47, 5, 47],
    });
    expect(Object.keys(collection.features[0] ?? {})).toEqual([
      'type',
      'id',
      'geometry',
      'geometry_name',
      'properties',
      'bbox',
    ]);
  });

  it('has neither box nor crs when nothing is found', async () => {
    const response = await answerTo('/gpu/document?partition=DU_1', () => []);
    expect(await response.json()).toEqual({
      type: 'FeatureCollection',
      features: [],
      totalFeatures: 0,
      numberMatched: 0,
      numberReturned: 0,
      timeStamp: expect.any(String) as string,
      crs: null,
    });
  });

  it('says in headers what it has no room for', async () => {
    const response = await answerTo('/gpu/document?partition=DU_1');
    expect(response.headers.get('x-carto-coverage')).toBe('inside');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('comes seventeen times, in order and labelled, for all layers', async () => {
    const place = encodeURIComponent('{"type":"Point","coordinates":[5,47]}');
    const response = await answerTo(`/gpu/all?geom=${place}&partition=ignored`);
    const collections = (await response.json()) as {
      featureType: string;
      features: { geometry_name: string }[];
    }[];
    expect(collections).toHaveLength(17);
    expect(collections.map(({ featureType }) => featureType).slice(6, 10)).toEqual([
      'prescription-surf',
      'info-pct',
      'info-surf',
      'info-lin',
    ]);
    expect(collections[0]?.features[0]?.geometry_name).toBe('the_geom');
  });
});
