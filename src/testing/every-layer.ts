/** A tree that has every layer, each with a few features at one place. */
import type { Geometry } from 'geojson';
import { layers } from '../../pipeline/datasets/index.ts';
import type { LayerGeometry } from '../format/catalogue.ts';
import type { Value } from '../format/feature-values.ts';
import type { TestFeature, TestLayer } from './tree.ts';

/** Where all of them are. */
export const PLACE = [4.985, 47.05] as const;

const [X, Y] = PLACE;

function geometryAt(type: LayerGeometry, size: number): Geometry | null {
  const [west, south, east, north] = [X - size, Y - size, X + size, Y + size];
  switch (type) {
    case 'MultiPolygon':
      return { type, coordinates: [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]] }; // prettier-ignore
    case 'MultiLineString':
      return { type, coordinates: [[[west, Y], [X, Y], [east, Y]]] }; // prettier-ignore
    case 'MultiPoint':
      return { type, coordinates: [[X, Y]] };
    case null:
      return null;
  }
}

/** Values that make questions by codes find something. */
const KNOWN: Readonly<Record<string, Value>> = {
  code_insee: '21906',
  code_dep: '21',
  code_com: '906',
  com_abs: '000',
  code_arr: '000',
  section: 'AB',
  insee: '21906',
  partition: 'DU_21906',
  suptype: 'ac1',
  typezone: 'U',
};

function featureOf({ fields, geometry }: (typeof layers)[number], i: number): TestFeature {
  const number = String(90 + i).padStart(4, '0');
  const own: Readonly<Record<string, Value>> = { ...KNOWN, numero: number, idu: `21906000AB${number}` };
  const properties = fields.map(({ name, type }): [string, Value] => {
    const typical = type === 'string' ? `${name} ${i}` : type === 'boolean' ? i % 2 === 0 : i;
    return [name, Object.hasOwn(own, name) ? (own[name] ?? null) : typical];
  });
  return { properties: Object.fromEntries(properties), geometry: geometryAt(geometry, 0.001 * (i + 1)) };
}

/** `count` features a layer. */
export function everyLayer(count: number): Readonly<Record<string, TestLayer>> {
  const made = layers.map((layer): [string, TestLayer] => {
    const fields = layer.fields.map(({ name, type }) => (type === 'string' ? name : `${name}:${type}`));
    const features = Array.from({ length: count }, (_, i) => featureOf(layer, i));
    const partition = layer.name.startsWith('cadastre/') ? '21' : 'france';
    return [
      layer.name,
      { geometry: layer.geometry, fields: fields.join(' '), partitions: { [partition]: features } },
    ];
  });
  return Object.fromEntries(made);
}
