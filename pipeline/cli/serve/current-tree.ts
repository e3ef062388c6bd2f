/**
 * The tree in a folder as it is now: opened again once its catalogue is another file, as
 * when a build has published beneath a server that goes on. A tree that could not be
 * opened is not kept.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openCarto, type Carto } from '../../../src/node.ts';

/** What tells one catalogue from the next: builds rename a new file into its place. */
async function versionOf(folder: string): Promise<string> {
  const file = await stat(join(folder, 'catalogue.json'), { bigint: true }).catch(() => null);
  return file === null ? 'none' : `${file.ino} ${file.size} ${file.mtimeNs}`;
}

export class CurrentTree {
  readonly #folder: string;
  #opened: { readonly version: string; readonly carto: Promise<Carto> } | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws CartoError when there is no tree in the folder that can be opened. */
  async open(): Promise<Carto> {
    const version = await versionOf(this.#folder);
    if (this.#opened?.version === version) return this.#opened.carto;
    const opened = { version, carto: openCarto(this.#folder) };
    this.#opened = opened;
    opened.carto.catch(() => {
      if (this.#opened === opened) this.#opened = null;
    });
    return opened.carto;
  }
}
