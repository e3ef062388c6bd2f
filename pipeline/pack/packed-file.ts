/**
 * The parts of a FlatGeobuf file while its features are told one after the other: what must
 * stand before them is known only at the end.
 */
import type { Field, LayerGeometry } from '../../src/format/catalogue.ts';
import type { Box } from '../../src/geometry/lattice.ts';
import { decodeRef, encodeRef, REF_BYTES, type FeatureRef } from './feature-ref.ts';
import { encodeHeader, FILE_START } from './header.ts';
import { OutputFile } from './output-file.ts';
import type { SpoolFiles } from './read-spool.ts';
import { EMPTY_BOX, TreeWriter } from './rtree.ts';
import { TemporaryFile } from './temporary-file.ts';

export interface PackedLayer {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly geometry: LayerGeometry;
}

const REFS_AT_ONCE = 4096;

export class PackedFile {
  /** So far. */
  features = 0;
  readonly #sources: SpoolFiles;
  readonly #refs: TemporaryFile;
  readonly #tree: TreeWriter;
  #bytes = 0;

  /** @param folder where temporary files are made. */
  constructor(sources: SpoolFiles, folder: string) {
    this.#sources = sources;
    this.#refs = new TemporaryFile(folder);
    this.#tree = new TreeWriter(folder);
  }

  /** The next feature of the file. */
  add(ref: FeatureRef): void {
    this.#refs.append(encodeRef(ref));
    this.#tree.add(ref.box ?? EMPTY_BOX, this.#bytes);
    this.features += 1;
    this.#bytes += ref.length;
  }

  /** Writes the file to `path`; `extent`: of all features, in degrees, `null` when none has a place. */
  write(layer: PackedLayer, extent: Box | null, path: string): void {
    const file = new OutputFile(path);
    try {
      file.write(FILE_START);
      file.write(encodeHeader({ ...layer, features: this.features, envelope: extent }));
      if (extent !== null) for (const nodes of this.#tree.bytes()) file.write(nodes);
      for (const { spool, offset, length } of this.#inOrder()) {
        file.write(this.#sources.read(spool, offset, length));
      }
    } finally {
      file.close();
    }
  }

  close(): void {
    this.#refs.close();
    this.#tree.close();
  }

  *#inOrder(): Generator<FeatureRef> {
    this.#refs.flush();
    const bytes = Buffer.allocUnsafe(REFS_AT_ONCE * REF_BYTES);
    for (let at = 0; at < this.#refs.length; at += bytes.length) {
      const read = this.#refs.read(bytes, at);
      for (let i = 0; i < read; i += REF_BYTES) yield decodeRef(bytes.subarray(i, i + REF_BYTES));
    }
  }
}
