/** Reads an index unit by unit, each once and checked; tells whether all its bytes were read. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { LayerIndex } from '../../../src/format/catalogue.ts';
import { openDirectory, type Directory } from '../../../src/format/directory.ts';
import type { Region } from '../../../src/format/root.ts';
import { refuse } from './refuse.ts';
import { inflate, unseal, type UnitRef } from '../../../src/format/unit.ts';

/** `csidx`, version 1, and two bytes of nothing. */
const MAGIC = Buffer.from([0x63, 0x73, 0x69, 0x64, 0x78, 1, 0, 0]);

export class IndexFile {
  readonly index: LayerIndex;
  readonly name: string;
  readonly #file: number;
  #end = MAGIC.length;

  /** @param name names it in errors. */
  constructor(path: string, index: LayerIndex, name: string) {
    this.index = index;
    this.name = name;
    this.#file = openSync(path, 'r');
    if (!this.bytes(0, MAGIC.length).equals(MAGIC)) refuse(name, 'it does not begin as an index does');
  }

  bytes(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    const read = readSync(this.#file, bytes, 0, length, offset);
    return read === length ? bytes : refuse(this.name, `it ends before byte ${offset + length}`);
  }

  /** The raw bytes of a unit, whatever was read before. */
  async unit(ref: UnitRef): Promise<Uint8Array> {
    const stored = this.bytes(ref.offset, ref.length);
    return inflate(unseal(stored, ref, this.index.salt, this.name), this.name);
  }

  async directory(region: Region): Promise<Directory> {
    const { salt, directoryBytes } = this.index;
    return openDirectory(this.bytes(region.offset, directoryBytes), region, salt, this.name);
  }

  /** Says that `what`, of `length` bytes, is read next: parts stand one after the other, without a gap. */
  expect(what: string, offset: number, length: number): void {
    if (offset !== this.#end) refuse(this.name, `${what} begins at byte ${offset}, not at ${this.#end}`);
    this.#end += length;
  }

  expectEnd(): void {
    if (this.#end !== this.index.length) refuse(this.name, `its parts end at byte ${this.#end}`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
