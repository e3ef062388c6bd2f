/**
 * What is found, as an answer gives it. The geometries of large features are read here,
 * when they are asked for and only then. Refuses bytes that are not the ones found.
 */
import type { Geometry, Position } from 'geojson';
import type { LayerGeometry } from '../format/catalogue.ts';
import { boxToDegrees, toDegrees } from '../geometry/lattice.ts';
import type { Coordinates, Shape } from '../geometry/shape.ts';
import type { AnswerFeature, Properties } from './answer.ts';
import { readFeatures, type Found, type Search } from './search.ts';

function positions(xy: Coordinates): Position[] {
  const degrees = Array.from(xy, toDegrees);
  return Array.from({ length: xy.length / 2 }, (_, i) => degrees.slice(2 * i, 2 * i + 2));
}

/** `shape` in degrees as a geometry of `type`. */
function geometryOf({ points, lines, polygons }: Shape, type: LayerGeometry): Geometry {
  const areas = polygons.map((rings) => rings.map(positions));
  const coordinates = points.length > 0 ? positions(points) : lines.length > 0 ? lines.map(positions) : areas;
  return { type, coordinates } as Geometry;
}

/** The features of an answer, in the order found. */
export async function answerFeatures(
  search: Search,
  found: readonly Found[],
): Promise<AnswerFeature<Properties>[]> {
  const { name, layer, geometry } = search;
  const placed = found.flatMap((feature) => {
    const { place, partition, files } = feature;
    const file = files?.get(partition);
    return geometry && place && file ? { ...place, features: 1, partition, file, feature } : [];
  });
  const read = await readFeatures(search, placed);
  const shapes = new Map(Array.from(read, ([{ feature }, [one]]) => [feature, one?.shape]));
  return found.map((feature) => {
    const { partition, position, values, place } = feature;
    const shape = geometry && (feature.shape ?? shapes.get(feature));
    const box = (feature.shape ?? place)?.box;
    return {
      type: 'Feature',
      id: `${name.replace(/.*\//, '')}.${layer.partitions[partition]?.id ?? ''}.${position}`,
      geometry: shape ? geometryOf(shape, layer.geometry) : null,
      // Not by assignment: a field may be called `__proto__`.
      properties: Object.fromEntries(layer.fields.map((field, i) => [field.name, values[i] ?? null])),
      ...(box && { bbox: [...boxToDegrees(box)] }),
    };
  });
}
