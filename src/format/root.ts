/**
 * The root of an index: where each region begins and the unit of its directory. It
 * stands in the catalogue. Refuses regions that do not tile the root cell.
 */
import { fromBase64 } from './base64.ts';
import { readBytes } from './byte-reader.ts';
import { concatenate } from './bytes.ts';
import { END_OF_CODES } from './cells.ts';
import { decoding, must } from './corrupt.ts';
import { encodePlanes } from './planes.ts';
import { consecutive, type UnitRef } from './unit.ts';

/** A run of leaves: the Morton codes from `start` to before `end`. */
export interface Region {
  readonly start: number;
  readonly end: number;
  /** Its directory. */
  readonly ref: UnitRef;
}

/** Bytes of the start, the length and the check of a region. */
const START = 7;
const LENGTH = 3;
const CHECK = 2;

/** The raw bytes of the root. The regions are in order and their directories contiguous. */
export function encodeRoot(regions: readonly Region[]): Uint8Array {
  return concatenate([
    encodePlanes(regions.map(({ start }) => start), START), // prettier-ignore
    encodePlanes(regions.map(({ ref }) => ref.length), LENGTH), // prettier-ignore
    encodePlanes(regions.map(({ ref }) => ref.check), CHECK), // prettier-ignore
  ]);
}

/**
 * The regions of a root, whose first directory stands at byte `directories`.
 * @throws CartoError `CorruptFile`.
 */
export function decodeRoot(raw: Uint8Array, directories: number, name: string): Region[] {
  return decoding(name, () => {
    const { planes } = readBytes(raw);
    const n = Math.ceil(raw.length / (START + LENGTH + CHECK));
    const starts = planes(n, START);
    must(starts[0] === 0, 'root');
    return consecutive(directories, planes(n, LENGTH), planes(n, CHECK)).map((ref, i) => {
      const [start = 0, end = END_OF_CODES] = [starts[i], starts[i + 1]];
      must(start < end, 'root');
      return { start, end, ref };
    });
  });
}

/** The regions of a root as the catalogue has it, in base64. @throws CartoError `CorruptFile`. */
export function readRoot(base64: string, directories: number, name: string): Region[] {
  return decodeRoot(fromBase64(base64, name), directories, name);
}
