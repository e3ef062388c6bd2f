/**
 * The root of an index: its regions, each a cell that has a directory. It stands in the
 * catalogue. Refuses regions that do not tile the root cell.
 */
import type { ByteReader } from './byte-reader.ts';
import { cellSpan, END_OF_CODES, type Cell } from './cells.ts';
import { must } from './corrupt.ts';

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
  let start = 0;
  const regions = planes(n, 1).map((level, i) => {
    const region = { start, level, offset: directories + i * length };
    start += cellSpan(level);
    must(start % cellSpan(level) === 0, 'root');
    return region;
  });
  must(start === END_OF_CODES, 'root');
  return regions;
}
