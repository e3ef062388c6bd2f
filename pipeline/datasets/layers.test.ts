import { describe, expect, it } from 'vitest';
import { CONTRACT } from '../testing/contract.ts';
import { layers } from './index.ts';

const GEOMETRIES: Readonly<Record<string, string | null>> = {
  'cadastre/localisant': 'MultiPoint',
  'cadastre/localisant-bdp': 'MultiPoint',
  'gpu/prescription-pct': 'MultiPoint',
  'gpu/prescription-lin': 'MultiLineString',
  'gpu/info-pct': 'MultiPoint',
  'gpu/info-lin': 'MultiLineString',
  'gpu/acte-sup': null,
  'gpu/assiette-sup-p': 'MultiPoint',
  'gpu/assiette-sup-l': 'MultiLineString',
  'gpu/generateur-sup-p': 'MultiPoint',
  'gpu/generateur-sup-l': 'MultiLineString',
};

describe('the layers', () => {
  it('are the routes of API Carto, and BD Parcellaire’s variants', () => {
    expect(layers.map(({ name }) => name).sort()).toEqual([...CONTRACT.keys()].sort());
  });

  it.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s has the properties of API Carto, in its order and with its types',
    (name, layer) => {
      expect(layer.fields).toEqual(CONTRACT.get(name));
    },
  );

  it.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s has its geometry and identifier',
    (name, layer) => {
      expect(layer.geometry).toBe(name in GEOMETRIES ? GEOMETRIES[name] : 'MultiPolygon');
      expect(layer.geometryName).toBe(layer.module === 'gpu' ? 'the_geom' : 'geom');
      expect(layer.module).toBe(name.split('/')[0]);
      const names = layer.fields.map((field) => field.name);
      expect(layer.identifier.filter((property) => !names.includes(property))).toEqual([]);
    },
  );

  it.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s is ordered and looked up by texts of its own',
    (_, layer) => {
      const texts = layer.fields.filter(({ type }) => type === 'string').map(({ name }) => name);
      const named = [...layer.keys, ...(layer.ids ?? [])];
      expect(named.filter((property) => !texts.includes(property))).toEqual([]);
    },
  );

  it('are looked up by what names one feature or a few', () => {
    const looked = layers.flatMap(({ name, ids }) => (ids === null ? [] : [[name, ids.join(' ')]]));
    expect(Object.fromEntries(looked)).toEqual({
      'cadastre/commune': 'code_insee',
      'cadastre/parcelle': 'code_dep code_com section numero',
      'cadastre/localisant': 'code_dep code_com section numero',
      'cadastre/commune-bdp': 'code_insee',
      'cadastre/parcelle-bdp': 'code_dep code_com section numero',
      'cadastre/localisant-bdp': 'code_dep code_com section numero',
      'gpu/municipality': 'insee',
      'gpu/document': 'partition',
    });
  });
});
