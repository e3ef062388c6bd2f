/** One index being written: reads every feature once, then writes part after part. */
import { crc32 } from 'node:zlib';
import { keyOf } from '../../../src/format/bucket.ts';
import type { LayerIndex } from '../../../src/format/catalogue.ts';
import { cellSpan, codeAt, ROOT_CELL } from '../../../src/format/cells.ts';
import type { Value } from '../../../src/format/feature-values.ts';
import type { Shape } from '../../../src/geometry/shape.ts';
import { TemporaryFile } from '../temporary-file.ts';
import { PLACE_COST, shapeCost, valuesCost } from './cost.ts';
import { coverageSearch } from './coverage.ts';
import { divide, costOf } from './division.ts';
import { propertyBytes, shapeOf, valuesOf } from './encoded-feature.ts';
import type { Entry } from './entry.ts';
import { FeatureFile, type StoredFeature } from './feature-file.ts';
import { IdBucketWriter } from './id-buckets.ts';
import { KeyWriter } from './key-writer.ts';
import type { IndexInput, IndexOptions } from './layer.ts';
import type { Leaf } from './page-run.ts';
import { PageWriter, type WrittenRun } from './pages.ts';
import { RegionWriter } from './regions.ts';
import { UnitFile } from './unit-file.ts';

/** `csidx`, version 1, and two bytes of nothing. */
const MAGIC = Uint8Array.of(0x63, 0x73, 0x69, 0x64, 0x78, 1, 0, 0);

const DEFAULTS = {
  memory: 128 << 20,
  pageBytes: 5600,
  directoryBytes: 5600,
  leafFraction: 0.5,
  wholeBytes: 2048,
};

type Written = Omit<LayerIndex, 'hash'>;

function positionsOf(names: readonly string[], { fields, layer }: IndexInput): number[] {
  return names.map((name) => {
    const position = fields.findIndex((field) => field.name === name);
    if (position < 0) throw new Error(`${layer} has no field ${name}`);
    return position;
  });
}

const pick = (values: readonly Value[], positions: readonly number[]): Value[] =>
  positions.map((position) => values[position] ?? null);

export class IndexBuild {
  readonly #input: IndexInput;
  readonly #options: Required<IndexOptions>;
  readonly #files: FeatureFile[] = [];
  readonly #file: UnitFile;
  readonly #directories: TemporaryFile;
  readonly #keyLeaves: TemporaryFile;
  readonly #ids: IdBucketWriter | null;
  readonly #idPositions: readonly number[];
  readonly #keyPositions: readonly number[];

  constructor(input: IndexInput, target: string, salt: number, options: IndexOptions & { work: string }) {
    this.#input = input;
    this.#options = { ...DEFAULTS, ...options };
    const { work, memory } = this.#options;
    this.#idPositions = positionsOf(input.ids ?? [], input);
    this.#keyPositions = positionsOf(input.keys, input);
    for (const { path } of input.partitions) this.#files.push(new FeatureFile(path, input.fields));
    this.#directories = new TemporaryFile(work);
    this.#keyLeaves = new TemporaryFile(work);
    this.#ids = input.ids === null ? null : new IdBucketWriter(input.ids, work, memory / 4);
    this.#file = new UnitFile(target, salt);
  }

  run(): Written {
    const file = this.#file;
    file.write(MAGIC);
    const keys = new KeyWriter(this.#input.keys, this.#keyLeaves);
    const entries = [...this.#entries(keys)];
    const regions = new RegionWriter({
      directoryBytes: this.#options.directoryBytes,
      coverage: coverageSearch(this.#input.partitions),
      spool: this.#directories,
    });
    const hasPlaces = this.#input.geometry !== null;
    if (hasPlaces) this.#writePages(entries, regions);
    const [pages, directories] = [file.length - MAGIC.length, file.length];
    const root = hasPlaces ? regions.finish(file) : null;
    const ids = this.#ids?.finish(file) ?? null;
    const keyDirectory = keys.finish(file);
    return { length: file.length, salt: file.salt, pages, directories, root, ids, keys: keyDirectory };
  }

  close(): void {
    for (const file of this.#files) file.close();
    for (const part of [this.#directories, this.#keyLeaves, this.#ids, this.#file]) part?.close();
  }

  #writePages(entries: readonly Entry[], regions: RegionWriter): void {
    const { geometry, fields, partitions } = this.#input;
    const files = partitions.map(({ hash }, i) => ({ hash, length: this.#files[i]?.length ?? 0 }));
    const split = (leaf: Leaf): readonly Leaf[] | null => divide(leaf, geometry);
    const onRun = (run: WrittenRun): void => {
      regions.add(run);
      this.#nameFeatures(run);
    };
    const { pageBytes, leafFraction } = this.#options;
    const pages = new PageWriter({
      layer: { geometry, fields, files },
      file: this.#file,
      pageBytes,
      split,
      onRun,
    });
    const plant = (leaf: Leaf): void => {
      const isFull = pages.estimate(costOf(leaf.entries)) > pageBytes * leafFraction;
      const quarters = isFull ? split(leaf) : null;
      if (quarters === null) pages.add(leaf);
      else quarters.forEach(plant);
    };
    plant({ cell: ROOT_CELL, entries });
    pages.finish();
  }

  /** The ids of the features whose first vertex lies in the leaves of a page. */
  #nameFeatures({ leaves, ref, page }: WrittenRun): void {
    if (this.#ids === null || ref === null || page === null) return;
    const [first, last] = [leaves[0]?.cell, leaves.at(-1)?.cell];
    if (first === undefined || last === undefined) return;
    const [start, end] = [first.start, last.start + cellSpan(last.level)];
    const keys = page.features.flatMap(({ anchor }, i) =>
      anchor >= start && anchor < end ? [keyOf(pick(page.values[i] ?? [], this.#idPositions))] : [],
    );
    this.#ids.addPage(keys, ref);
  }

  *#entries(keys: KeyWriter): Generator<Entry> {
    for (const [partition, file] of this.#files.entries()) {
      const { hash = '' } = this.#input.partitions[partition] ?? {};
      const { length, features, featuresOffset } = file;
      keys.startFile({ hash, length, features, featuresOffset });
      for (const feature of file.read()) {
        keys.add(pick(valuesOf(feature, this.#input.fields), this.#keyPositions), feature);
        const entry = this.#entry(feature, partition);
        if (entry !== null) yield entry;
      }
    }
  }

  #entry(stored: StoredFeature, partition: number): Entry | null {
    const shape = shapeOf(stored, this.#input.geometry);
    if (shape === null) {
      if (this.#ids === null) return null;
      const { path } = this.#files[partition] ?? {};
      throw new Error(`${path}: feature ${stored.position} has no place, so no page could name it by its id`);
    }
    const { chunk, at, length, position, offset } = stored;
    const geometryCost = shapeCost(shape);
    const isWhole = geometryCost <= this.#options.wholeBytes;
    const crc = isWhole ? 0 : crc32(chunk.bytes.subarray(at, at + length));
    const place = isWhole ? null : { offset, length, crc, box: shape.box };
    const cost = valuesCost(propertyBytes(stored)) + (isWhole ? geometryCost : PLACE_COST);
    const feature = {
      chunk,
      at,
      length,
      partition,
      position,
      anchor: anchorOf(shape),
      box: shape.box,
      place,
      cost,
    };
    return { feature, parts: null, cost: isWhole ? cost : cost + geometryCost };
  }
}

/** The code of the first vertex. */
function anchorOf({ points, lines, polygons }: Shape): number {
  const first = points.length > 0 ? points : (lines[0] ?? polygons[0]?.[0] ?? points);
  return codeAt(first[0] ?? NaN, first[1] ?? NaN);
}
