/** Reads a whole index back, by the decoders that the library uses. */
import { readFileSync } from 'node:fs';
import type { Field, LayerGeometry, LayerIndex } from '../../../../src/format/catalogue.ts';
import { END_OF_CODES } from '../../../../src/format/cells.ts';
import { openDirectory, type Directory } from '../../../../src/format/directory.ts';
import { inflate } from '../../../../src/format/inflate.ts';
import { decodeKeyDirectory } from '../../../../src/format/key-directory.ts';
import { decodeKeyLeaf, type KeyBlock, type KeyFile } from '../../../../src/format/key-leaves.ts';
import { decodePage, type Page } from '../../../../src/format/page.ts';
import type { Region } from '../../../../src/format/root.ts';
import { unseal, type UnitRef } from '../../../../src/format/unit.ts';

export interface ReadRegion {
  readonly region: Region;
  readonly directory: Directory;
  readonly pages: readonly Page[];
}

export interface ReadBlock extends KeyBlock {
  readonly partition: number;
}

export interface ReadIndex {
  readonly bytes: Uint8Array;
  readonly regions: readonly ReadRegion[];
  readonly blocks: readonly ReadBlock[];
  readonly files: readonly KeyFile[];
}

export interface IndexShape {
  readonly fields: readonly Field[];
  readonly geometry: LayerGeometry;
}

type Written = Omit<LayerIndex, 'hash'>;

const NAME = 'test.idx';

/** The raw bytes of a unit. */
export function readUnit(bytes: Uint8Array, ref: UnitRef, { salt }: Written): Promise<Uint8Array> {
  const stored = bytes.subarray(ref.offset, ref.offset + ref.length);
  return inflate(unseal(stored, ref, salt, NAME), NAME);
}

async function readRegion(bytes: Uint8Array, region: Region, written: Written, shape: IndexShape) {
  const stored = bytes.subarray(region.offset, region.offset + written.directoryBytes);
  const directory = await openDirectory(stored, region, written.salt, NAME);
  const pages: Page[] = [];
  for (const ref of directory.pages) {
    pages.push(decodePage(await readUnit(bytes, ref, written), shape.fields.length, shape.geometry, NAME));
  }
  return { region, directory, pages };
}

async function readKeys(bytes: Uint8Array, written: Written) {
  const { offset, length, check, leaves, fields } = written.keys;
  const raw = await readUnit(bytes, { offset, length, check }, written);
  const directory = decodeKeyDirectory(raw, leaves, fields.length, NAME);
  const blocks: ReadBlock[] = [];
  for (const leaf of directory.leaves) {
    const { partition } = leaf;
    const file = directory.files[partition];
    if (file === undefined) throw new Error(`no file of partition ${partition}`);
    const raw = await readUnit(bytes, leaf.ref, written);
    blocks.push(
      ...decodeKeyLeaf(raw, leaf, file, fields.length, NAME).map((block) => ({ ...block, partition })),
    );
  }
  return { blocks, files: directory.files };
}

/** All of the index at `path`. */
export async function readIndex(path: string, written: Written, shape: IndexShape): Promise<ReadIndex> {
  const bytes = new Uint8Array(readFileSync(path));
  const regions: ReadRegion[] = [];
  for (const region of written.root ?? []) regions.push(await readRegion(bytes, region, written, shape));
  return { bytes, regions, ...(await readKeys(bytes, written)) };
}

/** The last code of all, as regions and leaves must tile up to it. */
export const LAST_CODE = END_OF_CODES;
