/**
 * The root of an index: where each region begins and the unit of its directory. It
 * stands in the catalogue. Refuses regions that do not tile the root cell.
 */
import type { ByteReader } from './byte-reader.ts';
import { concatenate } from './bytes.ts';
import { cellSpan, END_OF_CODES, levelAt } from './cells.ts';
import { must } from './corrupt.ts';
import { encodePlanes } from './planes.ts';
import { consecutive, type UnitRef } from './unit.ts';
import { VarintWriter } from './varint.ts';

/** A run of leaves: the Morton codes from `start` to before `end`. */
export interface Region {
  readonly start: number;
  readonly end: number;
  /** Its directory. */
  readonly ref: UnitRef;
}

/** The bytes of the root. The regions are in order and their directories contiguous. */
export function encodeRoot(regions: readonly Region[]): Uint8Array {
  const levels = regions.map(({ start }) => levelAt(start));
  const steps = new VarintWriter();
  regions.forEach(({ start }, i) => {
    const span = cellSpan(levels[i] ?? 0);
    steps.unsigned(start / span - Math.floor((regions[i - 1]?.start ?? 0) / span));
  });
  return concatenate([
    encodePlanes(levels, 1), // prettier-ignore
    steps.bytes(),
    encodePlanes(regions.map(({ ref }) => ref.length), 3), // prettier-ignore
    encodePlanes(regions.map(({ ref }) => ref.check), 2), // prettier-ignore
  ]);
}

/**
 * A root of `n` regions, whose first directory stands at byte `directories`.
 * @throws RangeError for what is none.
 */
export function decodeRoot({ planes, varint }: ByteReader, n: number, directories: number): Region[] {
  let next = 0;
  const starts = planes(n, 1).map((level) => {
    const span = cellSpan(level);
    return (next = (Math.floor(next / span) + varint()) * span);
  });
  must(starts[0] === 0, 'root');
  return consecutive(directories, planes(n, 3), planes(n, 2)).map((ref, i) => {
    const [start = 0, end = END_OF_CODES] = [starts[i], starts[i + 1]];
    must(start < end, 'root');
    return { start, end, ref };
  });
}
