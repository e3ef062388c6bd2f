/** The layers that are asked in a way of their own. */
import type { Geometry } from 'geojson';
import { describe, expect, it } from 'vitest';
import { createApi } from '../create-api.ts';
import { requestOf, stubCarto, type Rows } from '../testing/stub.ts';
import type { Collection } from './envelope.ts';

const PLACE = `geom=${encodeURIComponent('{"type":"Point","coordinates":[4.95,47.25]}')}`;

function square(west: number, south: number, side: number): Geometry {
  const [east, north] = [west + side, south + side];
  return {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    ],
  };
}

async function replay(path: string, rows: Rows, status = 200) {
  const { carto, asked } = stubCarto(rows);
  const response = await createApi(carto)(requestOf('GET', `/api${path}`));
  expect(response.status).toBe(status);
  return { asked, collection: (await response.json()) as Collection };
}

describe('the documents of a commune', () => {
  const rows: Rows = ({ layer }) =>
    layer === 'gpu/municipality'
      ? [{ properties: { insee: '21231' }, geometry: square(4.9, 47.2, 0.1) }]
      : [{ properties: { partition: 'DU_242100410' } }];

  it('are those at points within it', async () => {
    const { asked, collection } = await replay('/gpu/document?insee=21231', rows);
    expect(asked.map(({ layer, parameters }) => [layer, parameters['insee']])).toEqual([
      ['gpu/municipality', '21231'],
      ['gpu/document', undefined],
    ]);
    expect(asked[1]?.parameters['geom']).toMatchObject({ type: 'MultiPoint' });
    expect(collection.features[0]?.properties).toEqual({ partition: 'DU_242100410' });
  });

  it('are none where there is no such commune', async () => {
    expect((await replay('/gpu/document?insee=21999', () => [])).collection.features).toEqual([]);
  });

  it('are those at the place that is given besides, as upstream, which knows no commune here', async () => {
    const { asked } = await replay(`/gpu/document?insee=21231,21232&${PLACE}`, rows);
    expect(asked.map(({ layer, parameters }) => [layer, parameters['insee']])).toEqual([
      ['gpu/document', undefined],
    ]);
    expect(asked[0]?.parameters['geom']).toMatchObject({ type: 'Point' });
  });
});

describe('the communes of town planning', () => {
  /** A layer of these communes. */
  const holding =
    (...codes: string[]): Rows =>
    ({ layer, parameters }) =>
      layer === 'gpu/municipality'
        ? codes
            .filter((insee) => insee === parameters['insee'])
            .map((insee) => ({ properties: { insee }, geometry: square(4.9, 47.2, 0.1) }))
        : [{ properties: { partition: 'DU_1' } }];

  it.each<[string, string[], string[]]>([
    ['69381', ['69123'], ['69123']],
    ['69123', ['69381', '69382'], ['69381', '69382']],
    ['69381,21231,69382', ['69123', '21231'], ['69123', '21231']],
    ['69123', ['69123', '69381'], ['69123']],
    ['69381', ['69123', '69381'], ['69381']],
    ['75101', ['69123'], []],
  ])('by %s, where the layer has %j, are %j', async (insee, held, found) => {
    const { collection } = await replay(`/gpu/municipality?insee=${insee}`, holding(...held));
    expect(collection.features.map(({ properties }) => properties['insee'])).toEqual(found);
    expect(collection.numberMatched).toBe(found.length);
    const documents = await replay(`/gpu/document?insee=${insee}`, holding(...held));
    expect(documents.collection.features).toHaveLength(found.length === 0 ? 0 : 1);
  });
});

describe('the acts at a place', () => {
  const acts = ['a', 'b', 'c'].map((fichier) => ({ properties: { partition: 'SUP_1', fichier } }));
  const served =
    (fichier: string | null): Rows =>
    ({ layer }) => {
      if (layer === 'gpu/acte-sup') return acts;
      return layer === 'gpu/assiette-sup-s' ? [{ properties: { partition: 'SUP_1', fichier } }] : [];
    };

  it('are those that the extents there name', async () => {
    const { asked, collection } = await replay(`/gpu/acte-sup?${PLACE}`, served('b'));
    expect(asked.map(({ layer }) => layer).sort()).toEqual([
      'gpu/acte-sup',
      'gpu/assiette-sup-l',
      'gpu/assiette-sup-p',
      'gpu/assiette-sup-s',
    ]);
    expect(collection.features.map(({ properties }) => properties['fichier'])).toEqual(['b']);
    expect(collection).toMatchObject({ numberMatched: 1, crs: null });
  });

  it('are all of the partition where an extent names none of them', async () => {
    for (const file of [null, 'other']) {
      expect((await replay(`/gpu/acte-sup?${PLACE}`, served(file))).collection.numberMatched).toBe(3);
    }
  });

  it('are those of the same servitude, by the identifiers of the standard', async () => {
    const numbered = ['1-act1', '2-act1', '2-act2'].map((end) => ({
      properties: { partition: 'SUP_1', idacte: `AC1-130099921-0000${end}` },
    }));
    const extents =
      (...ends: readonly string[]): Rows =>
      ({ layer }) => {
        if (layer === 'gpu/acte-sup') return numbered;
        const own = ends.map((end) => ({
          properties: { partition: 'SUP_1', idass: `AC1-130099921-0000${end}` },
        }));
        return layer === 'gpu/assiette-sup-s' ? own : [];
      };
    const actsAt = async (...ends: readonly string[]) => {
      const { collection } = await replay(`/gpu/acte-sup?${PLACE}`, extents(...ends));
      return collection.features.map(({ properties }) => String(properties['idacte']).slice(-6));
    };
    expect(await actsAt('2-1-1')).toEqual(['2-act1', '2-act2']);
    expect(await actsAt('1-1-1', '1-1-2')).toEqual(['1-act1']);
    // One that leads to none may be of any.
    expect(await actsAt('1-1-1', '7-1-1')).toHaveLength(3);
  });

  it('come in pages', async () => {
    const { collection } = await replay(`/gpu/acte-sup?${PLACE}&_start=1&_limit=1`, served(null));
    expect(collection.features.map(({ properties }) => properties['fichier'])).toEqual(['b']);
    expect(collection.links).toHaveLength(1);
  });
});

describe('the point of a parcel', () => {
  const rows: Rows = ({ layer }) =>
    layer === 'cadastre/parcelle'
      ? [
          {
            properties: { idu: '21231000AA0001', contenance: 12 },
            geometry: square(5, 47, 0.5),
            bbox: [5, 47, 5.5, 47.5],
          },
        ]
      : [];

  it('is its centre of gravity where the cadastre has none', async () => {
    const { collection } = await replay('/cadastre/localisant?idu=21231000AA0001', rows);
    expect(collection.features[0]).toMatchObject({
      geometry: { type: 'MultiPoint', coordinates: [[5.25, 47.25]] },
      properties: { idu: '21231000AA0001' },
      bbox: [5.25, 47.25, 5.25, 47.25],
    });
    expect(collection.features[0]?.properties).not.toHaveProperty('contenance');
  });

  it('is not made up for questions that name no parcel', async () => {
    expect((await replay('/cadastre/localisant?code_insee=21231', rows)).collection.features).toEqual([]);
    expect((await replay(`/cadastre/localisant?${PLACE}`, rows)).collection.features).toEqual([]);
  });
});

describe('an appellation', () => {
  const rows: Rows = () => [
    {
      properties: { appellation: 'Bourgogne', instruction_obligatoire: false, type_prod: 'Vins' },
      geometry: square(4.9, 47.2, 0.1),
    },
  ];
  const polygon = (west: number, side: number) =>
    `geom=${encodeURIComponent(JSON.stringify(square(west, 47.2, side)))}`;

  it('tells whether the place contains it, and the hectares that they share', async () => {
    const { collection } = await replay(`/aoc/appellation-viticole?${polygon(4.95, 0.1)}`, rows);
    const properties = collection.features[0]?.properties ?? {};
    expect(Object.keys(properties)).toEqual([
      'appellation',
      'instruction_obligatoire',
      'contains',
      'area',
      'type_prod',
    ]);
    expect(properties['contains']).toBe(false);
    // Half of 7,566 m by 11,117 m.
    expect(properties['area']).toBeGreaterThan(4200);
    expect(properties['area']).toBeLessThan(4220);
    const whole = await replay(`/aoc/appellation-viticole?${polygon(4.8, 0.5)}&geometry=false`, rows);
    expect(whole.collection.features[0]).toMatchObject({ geometry: null, properties: { contains: true } });
  });
});
