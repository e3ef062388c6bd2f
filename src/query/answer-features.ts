/**
 * What is found, as an answer gives it. The geometries of large features are read here,
 * when they are asked for and only then. Refuses bytes that are not the ones found.
 */
import { crc32 } from '../format/crc32.ts';
import { corrupt } from '../format/corrupt.ts';
import { readFeature } from '../format/read-feature.ts';
import { boxToDegrees } from '../geometry/lattice.ts';
import type { Shape } from '../geometry/shape.ts';
import type { Wanted } from '../source/store.ts';
import type { AnswerFeature, Properties } from './answer.ts';
import { geometryOf } from './geojson.ts';
import type { Found, Search } from './search.ts';

type Place = NonNullable<Found['place']>;

function shapeUnit({ asked: { layer } }: Search, { offset, length, crc }: Place): Wanted<Shape | null> {
  const decode = (bytes: Uint8Array, name: string): Shape | null =>
    crc32(bytes) === crc
      ? readFeature(bytes, layer, name).shape
      : corrupt(name, `the checksum of the feature at byte ${offset} does not fit`);
  return { offset, length, decode, keep: false };
}

/** The shapes of those of `found` that must be read from their files. */
async function readShapes(search: Search, found: readonly Found[]): Promise<Map<Place, Shape | null>> {
  const places = found.flatMap(({ place }) => place ?? []);
  const byFile = new Map(places.map(({ file }) => [file.path, file]));
  const shapes = new Map<Place, Shape | null>();
  await Promise.all(
    Array.from(byFile.values(), async (file) => {
      const own = places.filter((place) => place.file.path === file.path);
      const read = await search.reads.units(
        file,
        own.map((place) => shapeUnit(search, place)),
      );
      own.forEach((place, i) => shapes.set(place, read[i] ?? null));
    }),
  );
  return shapes;
}

function propertiesOf({ asked: { layer } }: Search, { values }: Found): Properties {
  // Not by assignment: a field may be called `__proto__`.
  return Object.fromEntries(layer.fields.map(({ name }, i) => [name, values[i] ?? null]));
}

/** The features of an answer, in the order found. */
export async function answerFeatures(
  search: Search,
  found: readonly Found[],
): Promise<AnswerFeature<Properties>[]> {
  const { asked, question } = search;
  const { withGeometry } = question;
  const shapes = withGeometry ? await readShapes(search, found) : new Map<Place, Shape | null>();
  const tail = asked.name.slice(asked.name.lastIndexOf('/') + 1);
  return found.map((feature) => {
    const { partition, position, place } = feature;
    const shape = place === null ? feature.shape : (shapes.get(place) ?? null);
    const box = feature.shape?.box ?? place?.box;
    return {
      type: 'Feature',
      id: `${tail}.${asked.layer.partitions[partition]?.id ?? ''}.${position}`,
      geometry: withGeometry && shape !== null ? geometryOf(shape, asked.layer.geometry) : null,
      properties: propertiesOf(search, feature),
      ...(box === undefined ? {} : { bbox: [...boxToDegrees(box)] }),
    };
  });
}
