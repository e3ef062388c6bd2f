/**
 * What is found, as an answer gives it. The geometries of large features are read here,
 * when they are asked for and only then. Refuses bytes that are not the ones found.
 */
import type { Geometry, Position } from 'geojson';
import type { LayerGeometry } from '../format/catalogue.ts';
import { crc32 } from '../format/crc32.ts';
import { corrupt } from '../format/corrupt.ts';
import { readFeature } from '../format/read-feature.ts';
import { boxToDegrees, toDegrees } from '../geometry/lattice.ts';
import type { Coordinates, Shape } from '../geometry/shape.ts';
import type { Wanted } from '../source/store.ts';
import type { AnswerFeature, Properties } from './answer.ts';
import { featuresFile, type Found, type Search } from './search.ts';

function positions(xy: Coordinates): Position[] {
  return Array.from({ length: xy.length / 2 }, (_, i) => [
    toDegrees(xy[2 * i] ?? NaN),
    toDegrees(xy[2 * i + 1] ?? NaN),
  ]);
}

/** `shape` in degrees as a geometry of `type`; `null` where there are no places. */
function geometryOf({ points, lines, polygons }: Shape, type: LayerGeometry): Geometry | null {
  if (type === 'MultiPoint') return { type, coordinates: positions(points) };
  if (type === 'MultiLineString') return { type, coordinates: lines.map(positions) };
  return type && { type, coordinates: polygons.map((rings) => rings.map(positions)) };
}

function shapeUnit({ layer }: Search, { place }: Found): Wanted<Shape | null> {
  const { offset = 0, length = 0, crc = 0 } = place ?? {};
  const decode = (bytes: Uint8Array, name: string): Shape | null =>
    crc32(bytes) === crc
      ? readFeature(bytes, layer, name).shape
      : corrupt(name, `the checksum at byte ${offset} does not fit`);
  return { offset, length, decode, keep: false };
}

/** The shapes of those of `found` that must be read from their files. */
async function readShapes(search: Search, found: readonly Found[]): Promise<Map<Found, Shape | null>> {
  const shapes = new Map<Found, Shape | null>();
  const placed = found.filter(({ place }) => place !== null);
  const read = async (partition: number): Promise<void> => {
    const own = placed.filter((feature) => feature.partition === partition);
    const file = own[0]?.files?.get(partition);
    if (file === undefined) return;
    const units = own.map((feature) => shapeUnit(search, feature));
    const all = await search.reads.units(featuresFile(search, partition, file), units);
    own.forEach((feature, i) => shapes.set(feature, all[i] ?? null));
  };
  await Promise.all([...new Set(placed.map(({ partition }) => partition))].map(read));
  return shapes;
}

/** The features of an answer, in the order found. */
export async function answerFeatures(
  search: Search,
  found: readonly Found[],
): Promise<AnswerFeature<Properties>[]> {
  const { name, layer, withGeometry } = search;
  const shapes = withGeometry ? await readShapes(search, found) : null;
  return found.map((feature) => {
    const { partition, position, values, place } = feature;
    const shape = feature.shape ?? shapes?.get(feature);
    const box = feature.shape?.box ?? place?.box;
    return {
      type: 'Feature',
      id: `${name.split('/').at(-1) ?? ''}.${layer.partitions[partition]?.id ?? ''}.${position}`,
      geometry: withGeometry && shape ? geometryOf(shape, layer.geometry) : null,
      // Not by assignment: a field may be called `__proto__`.
      properties: Object.fromEntries(layer.fields.map((field, i) => [field.name, values[i] ?? null])),
      ...(box && { bbox: [...boxToDegrees(box)] }),
    };
  });
}
