/**
 * The seam between a query and the file that answers it: candidates by place, or all
 * features. Refuses nothing by itself; its readers refuse files that contradict
 * themselves. A candidate's box meets the one asked for; whether its geometry does is
 * the query's affair.
 */
import { CartoError } from '../errors.ts';
import { decodeFeature, featureLength, type StoredFeature } from '../format/feature.ts';
import type { Box } from '../geometry/lattice.ts';
import type { OpenFile } from './open-file.ts';
import { scan } from './scan.ts';
import { trips, type Batch } from './spans.ts';
import { placesIn, type FeaturePlace } from './tree-walk.ts';

export interface PartitionReader {
  /**
   * The features whose boxes meet `box` (degrees), all of them for `null`, in the
   * order of the file. Reads on only as far as it is asked for more.
   * @throws CartoError, or the reason of `signal`.
   */
  candidates(box: Box | null, signal?: AbortSignal): AsyncIterable<StoredFeature>;
}

function checkLength(bytes: Uint8Array, place: FeaturePlace, file: OpenFile): void {
  const length = place.end - place.start;
  if (featureLength(bytes, place.position, length, file.layout) === length) return;
  const { name } = file.layout.file;
  const message = `${name}: feature ${place.position} is not as long as the index says`;
  throw new CartoError('CorruptFile', message, { file: name, feature: place.position });
}

async function featuresOf(
  file: OpenFile,
  batch: Batch<FeaturePlace>,
  signal: AbortSignal | undefined,
): Promise<StoredFeature[]> {
  const bytes = await file.read(batch.start, batch.end, signal);
  return batch.items.map((place) => {
    const own = bytes.subarray(place.start - batch.start, place.end - batch.start);
    checkLength(own, place, file);
    return decodeFeature(own, place.position, file.layout);
  });
}

async function* byPlace(
  file: OpenFile,
  places: AsyncIterable<FeaturePlace[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredFeature> {
  for await (const known of places) {
    for (const trip of trips(known)) {
      const read = await Promise.all(trip.map((batch) => featuresOf(file, batch, signal)));
      for (const features of read) yield* features;
    }
  }
}

/** Reads `file` by FlatGeobuf's own index; without one, every feature is a candidate. */
export function flatGeobufReader(file: OpenFile): PartitionReader {
  return {
    candidates(box, signal) {
      const { tree } = file.layout;
      if (box === null || tree === null) return scan(file, signal);
      return byPlace(file, placesIn(file, tree, box, signal), signal);
    },
  };
}
