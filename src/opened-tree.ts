/**
 * A tree that stays open while its catalogue may be replaced: what fails because a file
 * of the old one is gone is asked once more, wholly, of the new one. Refuses to mix two
 * catalogues in one answer.
 */
import { isCartoError } from './errors.ts';
import type { Catalogue } from './format/catalogue.ts';
import { parseCatalogue } from './format/parse-catalogue.ts';
import { parseJson } from './format/parse-json.ts';
import type { Reads, Store } from './source/store.ts';

/** Its length is not known. */
const FILE = { path: 'catalogue.json', length: 0 };

export interface OpenedTree {
  readonly catalogue: Catalogue;
  /** What `work` makes of the catalogue; of the one that has replaced it, when a file is not what it was. */
  ask<T>(signal: AbortSignal, work: (catalogue: Catalogue) => Promise<T>): Promise<T>;
}

/** Reads the catalogue of the tree behind `store`. */
export async function openCatalogue({ tree, send }: Store, reads: Reads): Promise<OpenedTree> {
  const name = tree.base + FILE.path;
  const read = (bytes: Uint8Array): Promise<Catalogue> => parseCatalogue(parseJson(bytes, name), name);
  let edition = await reads.whole(FILE, read);
  return {
    get catalogue() {
      return edition;
    },
    async ask(signal, work) {
      const asked = edition;
      try {
        return await work(asked);
      } catch (error) {
        if (!isCartoError(error, 'NotFound', 'NotOurFile', 'CorruptFile')) throw error;
        if (asked === edition) {
          const bytes = await send(FILE, null, signal, true).catch(() => {
            throw error;
          });
          const found = await read(bytes);
          if (JSON.stringify(found) === JSON.stringify(asked)) throw error;
          edition = found;
        }
        return work(edition);
      }
    },
  };
}
