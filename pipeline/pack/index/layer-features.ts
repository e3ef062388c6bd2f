/**
 * All features of a layer, partition after partition, as the root cell sees them. Refuses
 * features without a place in a layer of places: no page could hold them, and what is asked
 * by neither place nor key would not find them.
 */
import { crc32 } from 'node:zlib';
import { codeAt } from '../../../src/format/cells.ts';
import { PLACE_COST, valuesCost } from './cost.ts';
import { propertiesOf } from './encoded-feature.ts';
import type { Entry } from './entry.ts';
import { FeatureFile, type StoredFeature } from './feature-file.ts';
import { measure } from './feature-shape.ts';
import type { IndexInput } from './layer.ts';

/** Told of every feature, with a place or without. */
export type FeatureListener = (feature: StoredFeature, partition: number) => void;

export class LayerFeatures {
  /** By the number of their partition. */
  readonly files: readonly FeatureFile[];
  readonly #input: IndexInput;
  readonly #wholeBytes: number;

  /** @param wholeBytes of geometry, up to which a page holds a feature whole. */
  constructor(input: IndexInput, wholeBytes: number) {
    this.#input = input;
    this.#wholeBytes = wholeBytes;
    this.files = input.partitions.map(({ path }) => new FeatureFile(path, input.fields));
  }

  /** Those with a place. */
  *entries(onFeature: FeatureListener = () => undefined): Generator<Entry> {
    for (const [partition, file] of this.files.entries()) {
      for (const feature of file.read()) {
        onFeature(feature, partition);
        const entry = this.#entryOf(feature, partition);
        if (entry !== null) yield entry;
        else if (this.#input.geometry !== null || this.#input.ids !== null) {
          throw new Error(`${file.path}: feature ${feature.position} has no place, so no page can hold it`);
        }
      }
    }
  }

  close(): void {
    for (const file of this.files) file.close();
  }

  #entryOf(stored: StoredFeature, partition: number): Entry | null {
    const measures = measure(stored, this.#input.geometry);
    if (measures === null) return null;
    const { chunk, at, length, position, offset } = stored;
    const { box, first, cost: geometryCost } = measures;
    const isWhole = geometryCost <= this.#wholeBytes;
    const crc = isWhole ? 0 : crc32(chunk.bytes.subarray(at, at + length));
    const place = isWhole ? null : { offset, length, crc, box };
    const cost = valuesCost(propertiesOf(stored).count) + (isWhole ? geometryCost : PLACE_COST);
    const anchor = codeAt(...first);
    const feature = { chunk, at, length, partition, position, anchor, box, place, cost };
    return { feature, parts: null, cost: isWhole ? cost : cost + geometryCost };
  }
}
