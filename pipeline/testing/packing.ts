/** Small layers for the tests of the FlatGeobuf writer: random features, spooled and packed. */
import type { Geometry } from 'geojson';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import { shapeOf } from '../../src/geometry/shape.ts';
import { seededRandom } from '../../src/testing/random.ts';
import { FeatureEncoder } from '../pack/encode.ts';
import { pack, type PackedLayer, type PackResult } from '../pack/pack.ts';
import type { Properties } from '../pack/properties.ts';
import { encodeKey } from '../pack/sort-key.ts';
import { SpoolWriter } from '../pack/spool.ts';
import type { TestFolder } from './folder.ts';

export interface PackedFeature {
  readonly properties: Properties;
  readonly geometry: Geometry | null;
}

export interface TestLayer extends PackedLayer {
  readonly keys: readonly string[];
}

export const TEST_LAYER: TestLayer = {
  name: 'parcelle',
  title: 'Parcelles d’essai',
  geometry: 'MultiPolygon',
  keys: [],
  fields: [
    { name: 'idu', type: 'string' },
    { name: 'contenance', type: 'integer' },
    { name: 'hauteur', type: 'number' },
    { name: 'is_rnu', type: 'boolean' },
  ],
};

function onLattice(degrees: number): number {
  return Math.round(degrees * 1e8) / 1e8;
}

/** `count` squares of about a hundred metres, somewhere in Burgundy. */
export function randomSquares(count: number, seed: number): PackedFeature[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const [west, south] = [onLattice(4 + random()), onLattice(47 + random())];
    const [east, north] = [onLattice(west + 0.001), onLattice(south + 0.001)];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    return {
      properties: { idu: `21054000AB${i}`, contenance: 2 ** 33 + i, hauteur: i / 3, is_rnu: i % 2 === 0 },
      geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    };
  });
}

/** Writes `features` into a spool, each under its `idu`. */
export function writeSpool(path: string, features: readonly PackedFeature[], layer = TEST_LAYER): string {
  const encoder = new FeatureEncoder(layer.fields, layer.geometry);
  const spool = new SpoolWriter(path);
  for (const { properties, geometry } of features) {
    const shape = geometry === null ? null : shapeOf(geometry);
    const box = shape === null ? null : boxToDegrees(shape.box);
    const key = encodeKey(layer.keys, properties);
    spool.add({ id: String(properties['idu']), box, key, feature: encoder.encode({ properties, shape }) });
  }
  spool.close();
  return path;
}

/** Packs `features`, in one spool, into a file of `folder`. */
export function packInto(
  folder: TestFolder,
  features: readonly PackedFeature[],
  layer = TEST_LAYER,
): PackResult & { readonly path: string } {
  const spool = writeSpool(folder.path('features.spool'), features, layer);
  const path = folder.path('layer.fgb');
  return { ...pack(layer, [spool], path), path };
}
