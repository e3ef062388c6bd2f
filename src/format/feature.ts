/**
 * One encoded feature of a FlatGeobuf file, decoded as far as it is asked. Refuses
 * bytes that contradict themselves: `CorruptFile`, with the feature's place.
 */
import { ByteBuffer } from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import type { Geometry } from 'geojson';
import { CartoError } from '../errors.ts';
import { geometryOf } from './feature-geometry.ts';
import { FeatureValues, type Value } from './feature-values.ts';
import type { FlatGeobufLayout } from './flatgeobuf.ts';

/** A feature where it is stored. */
export interface StoredFeature {
  /** Its place in the file: 0 for the first. */
  readonly position: number;
  /** `null` when it is null, or when the file has no such column. */
  property(name: string): Value;
  /** Degrees; `null` when the feature has no place. */
  geometry(): Geometry | null;
}

/** The decoders throw these for offsets and lengths that lead out of the feature. */
function isOutOfBounds(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError;
}

class EncodedFeature implements StoredFeature {
  readonly position: number;
  readonly #layout: FlatGeobufLayout;
  readonly #buffer: Uint8Array;
  readonly #feature: Feature;
  #values: FeatureValues | null = null;

  constructor(bytes: Uint8Array, position: number, layout: FlatGeobufLayout) {
    this.position = position;
    this.#layout = layout;
    // A copy: aligned for its doubles, and bounded by its own end.
    this.#buffer = bytes.slice();
    this.#feature = Feature.getSizePrefixedRootAsFeature(new ByteBuffer(this.#buffer));
  }

  property(name: string): Value {
    return this.#decode(() => {
      this.#values ??= new FeatureValues(
        this.#feature.propertiesArray() ?? new Uint8Array(),
        this.#layout.columns,
      );
      return this.#values.get(name);
    });
  }

  geometry(): Geometry | null {
    return this.#decode(() => {
      const encoded = this.#feature.geometry();
      return encoded === null ? null : geometryOf(encoded, this.#layout.geometryType, this.#buffer.length);
    });
  }

  #decode<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isOutOfBounds(error)) throw error;
      const { name } = this.#layout.file;
      throw new CartoError(
        'CorruptFile',
        `${name}: feature ${this.position} cannot be decoded: ${String(error)}`,
        { file: name, feature: this.position },
        error,
      );
    }
  }
}

/** The feature in `bytes`, its length first, at `position` of the file. */
export function decodeFeature(bytes: Uint8Array, position: number, layout: FlatGeobufLayout): StoredFeature {
  return new EncodedFeature(bytes, position, layout);
}

/**
 * The length that a feature announces, its own four bytes included.
 * @throws CartoError `CorruptFile` when it passes `limit`.
 */
export function featureLength(
  bytes: Uint8Array,
  position: number,
  limit: number,
  layout: FlatGeobufLayout,
): number {
  const length = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length <= limit) return length;
  const { name } = layout.file;
  throw new CartoError(
    'CorruptFile',
    `${name}: feature ${position} announces ${length} bytes where ${limit} are left`,
    { file: name, feature: position },
  );
}
