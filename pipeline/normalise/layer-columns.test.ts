import gdal from 'gdal-async';
import { afterEach, describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { columnsOf, namesOf, repeatedNames, valuesOf } from './layer-columns.ts';

const folder = useFolder();
let dataset: gdal.Dataset | null = null;

afterEach(() => {
  dataset?.close();
  dataset = null;
});

/** A GeoJSON of one feature: the only format here that keeps two columns apart by their case. */
function layerOf(properties: Readonly<Record<string, unknown>>): gdal.Layer {
  const feature = { type: 'Feature', geometry: null, properties };
  dataset = gdal.open(
    folder.write('x.geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature] })),
  );
  return dataset.layers.get(0);
}

describe('the columns of a layer', () => {
  it('are known by their names in lower case, with what they hold', () => {
    const layer = layerOf({ Numero: '0012', contenance: 12, cvi: ['1B1', '1B2'] });
    expect([...columnsOf(layer)]).toEqual([
      ['numero', 'text'],
      ['contenance', 'number'],
      ['cvi', 'any'],
    ]);
    expect(Object.fromEntries(valuesOf(layer.features.first(), namesOf(layer)))).toEqual({
      numero: '0012',
      contenance: 12,
      cvi: '1B1,1B2',
    });
  });

  it('keep their own values where a name stands twice: the first of it counts', () => {
    const layer = layerOf({ id: 'a', Numero: '0012', section: 'AB', NUMERO: '9999', contenance: 12 });
    expect(repeatedNames(layer)).toEqual(['numero']);
    expect([...columnsOf(layer).keys()]).toEqual(['id', 'numero', 'section', 'contenance']);
    expect(Object.fromEntries(valuesOf(layer.features.first(), namesOf(layer)))).toEqual({
      ...{ id: 'a', numero: '0012', section: 'AB', contenance: 12 },
    });
  });
});
