/** One index being written: reads every feature once, then writes part after part. */
import type { LayerIndex } from '../../../src/format/catalogue.ts';
import { cellSpan } from '../../../src/format/cells.ts';
import type { KeyFile } from '../../../src/format/key-leaves.ts';
import { TemporaryFile } from '../temporary-file.ts';
import { coverageSearch } from './coverage.ts';
import { divide } from './division.ts';
import { growTree } from './grow.ts';
import { IdBucketWriter } from './id-buckets.ts';
import { idKeysOf, type IdKeys } from './id-keys.ts';
import { KeyWriter } from './key-writer.ts';
import { LayerFeatures, type FeatureListener } from './layer-features.ts';
import type { IndexInput, IndexOptions } from './layer.ts';
import { PageWriter, type WrittenRun } from './pages.ts';
import { RegionWriter } from './regions.ts';
import { heavyCells } from './top-cells.ts';
import { UnitFile } from './unit-file.ts';
import { ValueReader } from './value-reader.ts';

/** `csidx`, version 1, and two bytes of nothing. */
const MAGIC = Uint8Array.of(0x63, 0x73, 0x69, 0x64, 0x78, 1, 0, 0);

/** Goes through all of `features` for what is told on the way. */
function drain(features: Iterator<unknown>): void {
  while (features.next().done !== true);
}

export class IndexBuild {
  readonly #input: IndexInput;
  readonly #options: Required<IndexOptions>;
  readonly #features: LayerFeatures;
  readonly #file: UnitFile;
  readonly #directories: TemporaryFile;
  readonly #keyLeaves: TemporaryFile;
  readonly #keys: KeyWriter;
  readonly #ids: IdBucketWriter | null;
  readonly #idKeys: IdKeys;
  readonly #keyReader: ValueReader;

  constructor(input: IndexInput, target: string, salt: number, options: Required<IndexOptions>) {
    const { work, memory, wholeBytes } = options;
    this.#input = input;
    this.#options = options;
    this.#idKeys = idKeysOf(input.fields, input.ids ?? []);
    this.#features = new LayerFeatures(input, wholeBytes);
    this.#keyReader = new ValueReader(input.fields, input.keys);
    this.#directories = new TemporaryFile(work);
    this.#keyLeaves = new TemporaryFile(work);
    this.#keys = new KeyWriter(input.keys, this.#keyLeaves);
    this.#ids = input.ids === null ? null : new IdBucketWriter(input.ids, work, memory / 2);
    this.#file = new UnitFile(target, salt);
  }

  run(): Omit<LayerIndex, 'hash'> {
    const file = this.#file;
    file.write(MAGIC);
    const regions = new RegionWriter({
      directoryBytes: this.#options.directoryBytes,
      coverage: coverageSearch(this.#input.partitions),
      spool: this.#directories,
    });
    const hasPlaces = this.#input.geometry !== null;
    if (hasPlaces) this.#writePages(regions);
    else drain(this.#features.entries(this.#addKey));
    const [pages, directories] = [file.length - MAGIC.length, file.length];
    const regionParts = hasPlaces ? regions.finish(file) : { root: null, directoryBytes: 0 };
    const ids = this.#ids?.finish(file) ?? null;
    const keys = this.#keys.finish(file, this.#keyFiles());
    return { length: file.length, salt: file.salt, pages, directories, ...regionParts, ids, keys };
  }

  close(): void {
    for (const part of [this.#features, this.#directories, this.#keyLeaves, this.#ids, this.#file]) {
      part?.close();
    }
  }

  #keyFiles(): KeyFile[] {
    return this.#input.partitions.map(({ hash }, i) => {
      const { length = 0, features = 0, featuresOffset = 0 } = this.#features.files[i] ?? {};
      return { hash, length, features, featuresOffset };
    });
  }

  readonly #addKey: FeatureListener = (feature, partition) => {
    this.#keys.add(this.#keyReader.read(feature), feature, partition);
  };

  #writePages(regions: RegionWriter): void {
    const { geometry } = this.#input;
    const { memory, work, pageBytes, leafFraction } = this.#options;
    const pages = this.#pageWriter(regions);
    const isHeavy = heavyCells(this.#features.files, memory / 4);
    let isFirst = true;
    const source = () => {
      const listener = isFirst ? this.#addKey : undefined;
      isFirst = false;
      return this.#features.entries(listener);
    };
    growTree(source, isHeavy, {
      geometry,
      folder: work,
      memory,
      isFull: (cost) => pages.estimate(cost) > pageBytes * leafFraction,
      onLeaf: (leaf) => {
        pages.add(leaf);
      },
    });
    pages.finish();
  }

  #pageWriter(regions: RegionWriter): PageWriter {
    const { geometry, fields, partitions } = this.#input;
    const files = partitions.map(({ hash }, i) => ({ hash, length: this.#features.files[i]?.length ?? 0 }));
    const values = new ValueReader(fields, fields.map(({ name }) => name)); // prettier-ignore
    return new PageWriter({
      layer: { geometry, fields, values, files },
      file: this.#file,
      pageBytes: this.#options.pageBytes,
      split: (leaf) => divide(leaf, geometry),
      onRun: (run) => {
        regions.add(run);
        this.#nameFeatures(run);
      },
    });
  }

  /** The ids of the features whose first vertex lies in the leaves of a page. */
  #nameFeatures({ leaves, ref, page }: WrittenRun): void {
    const [first, last] = [leaves[0]?.cell, leaves.at(-1)?.cell];
    if (this.#ids === null || ref === null || page === null || !first || !last) return;
    const [start, end] = [first.start, last.start + cellSpan(last.level)];
    const keys = page.features.flatMap(({ anchor }, i) =>
      anchor >= start && anchor < end ? this.#idKeys(page.values[i] ?? []) : [],
    );
    this.#ids.addPage(keys, ref);
  }
}
