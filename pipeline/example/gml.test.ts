import gdal from 'gdal-async';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { texts } from './fields.ts';
import { toGml, type GmlLayer } from './gml.ts';
import { polygon, type Shape } from './shape.ts';

const SQUARE = [
  [10, 10],
  [20, 10],
  [20, 20],
  [10, 10],
] as const;
const HOLE = [
  [15, 12],
  [18, 14],
  [18, 12],
  [15, 12],
] as const;

const CASES: readonly [Shape, string][] = [
  [{ type: 'Point', coordinates: [1, 2] }, 'MULTIPOINT (1 2)'],
  [
    {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
    'MULTILINESTRING ((1 2,3 4))',
  ],
  [polygon(SQUARE, HOLE), 'MULTIPOLYGON (((10 10,20 10,20 20,10 10),(15 12,18 14,18 12,15 12)))'],
];

/** What GDAL reads in the one feature of a layer. */
function read(layer: GmlLayer): {
  readonly wkt: string;
  readonly texts: unknown;
  readonly epsg: string | null;
} {
  const folder = mkdtempSync(join(tmpdir(), 'gml-'));
  const path = join(folder, 'layer.gml');
  writeFileSync(path, toGml(layer));
  const dataset = gdal.open(path);
  const found = dataset.layers.get(0);
  const feature = found.features.first();
  const epsg = found.srs?.getAuthorityCode('PROJCS') ?? null;
  const { gml_id, ...values } = feature.fields.toObject() as Record<string, unknown>;
  const wkt = feature.getGeometry()?.toWKT() ?? '';
  dataset.close();
  rmSync(folder, { recursive: true });
  expect(gml_id).toBe(`${layer.name}.1`);
  return { wkt, texts: values, epsg };
}

describe('toGml', () => {
  it.each(CASES)('writes %j as GDAL reads it, always a multi-geometry', (shape, wkt) => {
    const layer = {
      name: 'ZONE_URBA',
      epsg: 2975,
      fields: texts('LIBELLE'),
      rows: [{ values: { LIBELLE: 'UA' }, shape }],
    };
    expect(read(layer)).toEqual({ wkt, texts: { LIBELLE: 'UA' }, epsg: '2975' });
  });

  it('escapes what XML reserves', () => {
    const values = { LIBELLE: 'A < B & "C" > D' };
    const shape: Shape = { type: 'Point', coordinates: [1, 2] };
    const found = read({ name: 'INFO_PCT', epsg: 2154, fields: texts('LIBELLE'), rows: [{ values, shape }] });
    expect(found.texts).toEqual(values);
  });
});
