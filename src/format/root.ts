/**
 * The root of an index: its regions, each a cell that has a directory. It stands in the
 * catalogue. Refuses regions that do not tile the root cell.
 */
import type { ByteReader } from './byte-reader.ts';
import { cellsWithin, ROOT_CELL, type Cell } from './cells.ts';

/** A cell whose leaves one directory lists. */
export interface Region extends Cell {
  /** Byte of its directory. */
  readonly offset: number;
}

/** The bytes of the root. The regions are in order and tile the root cell. */
export function encodeRoot(regions: readonly Cell[]): Uint8Array {
  return Uint8Array.from(regions, ({ level }) => level);
}

/**
 * A root of `n` regions; their directories, of `length` bytes each, stand from byte `directories`.
 * @throws RangeError for what is none.
 */
export function decodeRoot({ planes }: ByteReader, n: number, directories: number, length: number): Region[] {
  const cells = cellsWithin(ROOT_CELL, planes(n, 1));
  return cells.map((cell, i) => ({ ...cell, offset: directories + i * length }));
}
