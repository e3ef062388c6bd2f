/**
 * A tree that stays open while its catalogue may be replaced: what fails because a file
 * of the old one is gone is asked once more, wholly, of the new one. Refuses to mix two
 * catalogues in one answer.
 */
import { isCartoError } from './errors.ts';
import type { Catalogue } from './format/catalogue.ts';
import { parseCatalogue } from './format/parse-catalogue.ts';
import { parseJson } from './format/parse-json.ts';
import { nameIn } from './source/range.ts';
import type { Reads, Store } from './source/store.ts';

const PATH = 'catalogue.json';

/** A catalogue, and the text it was read from. */
interface Edition {
  readonly catalogue: Catalogue;
  readonly text: string;
}

async function read(store: Store, bytes: Uint8Array): Promise<Edition> {
  const name = nameIn(store.tree, PATH);
  const catalogue = await parseCatalogue(parseJson(bytes, name), name);
  return { catalogue, text: new TextDecoder().decode(bytes) };
}

export class OpenedTree {
  readonly store: Store;
  #edition: Edition;

  private constructor(store: Store, edition: Edition) {
    this.store = store;
    this.#edition = edition;
  }

  /** Reads the catalogue of the tree behind `store`. */
  static async open(store: Store, reads: Reads): Promise<OpenedTree> {
    return new OpenedTree(store, await reads.whole({ path: PATH }, (bytes) => read(store, bytes)));
  }

  get catalogue(): Catalogue {
    return this.#edition.catalogue;
  }

  /** What `work` makes of the catalogue; of the one that has replaced it, when a file is not what it was. */
  async ask<T>(signal: AbortSignal, work: (catalogue: Catalogue) => Promise<T>): Promise<T> {
    const asked = this.#edition;
    try {
      return await work(asked.catalogue);
    } catch (error) {
      if (!isCartoError(error, 'NotFound', 'NotOurFile', 'CorruptFile')) throw error;
      if (asked === this.#edition) await this.#renew(asked, signal, error);
      return work(this.#edition.catalogue);
    }
  }

  /** @throws the error that made it look, when the catalogue is the same or cannot be read. */
  async #renew(asked: Edition, signal: AbortSignal, error: unknown): Promise<void> {
    const bytes = await this.store.tree.whole(PATH, signal, true).catch(() => {
      throw error;
    });
    const edition = await read(this.store, bytes);
    if (edition.text === asked.text) throw error;
    this.#edition = edition;
  }
}
