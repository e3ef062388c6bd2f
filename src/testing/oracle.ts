/** What another implementation makes of a file: the flatgeobuf package, reading it whole. */
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import type { Geometry } from 'geojson';

export interface DecodedFeature {
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All features of a FlatGeobuf file in its order. */
export async function decodeWithPackage(bytes: Uint8Array): Promise<DecodedFeature[]> {
  const features: DecodedFeature[] = [];
  for await (const { geometry, properties } of deserialize(bytes)) {
    features.push({ geometry, properties: properties ?? {} });
  }
  return features;
}

/** The first vertex of a geometry. */
export function firstVertex(geometry: Geometry): readonly [number, number] {
  const flat = 'coordinates' in geometry ? geometry.coordinates.flat(3) : [];
  const [x, y] = flat.flat();
  if (x === undefined || y === undefined) throw new Error('a geometry without a vertex');
  return [x, y];
}
