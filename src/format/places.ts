/**
 * Places: where the features that a page does not hold whole stand in their `.fgb`.
 * Refuses places outside of their file, or in a file that the page does not name.
 */
import type { Box } from '../geometry/lattice.ts';
import { ORIGIN } from './cells.ts';
import { count, isObject, textLike } from './checks.ts';
import { corrupt } from './corrupt.ts';

/** Where a feature stands in its partition's `.fgb`. */
export interface FeaturePlace {
  /** Its first byte, that of its length prefix. */
  readonly offset: number;
  /** Bytes, the prefix included. */
  readonly length: number;
  /** The CRC-32 of these bytes. */
  readonly crc: number;
  /** In lattice steps. */
  readonly box: Box;
}

/** A partition's `.fgb`. */
export interface PageFile {
  /** The first 16 hexadecimal digits of its sha256. */
  readonly hash: string;
  /** Bytes. */
  readonly length: number;
}

/** By the number of their partition. */
export type PageFiles = ReadonlyMap<number, PageFile>;

export const hash16 = textLike(/^[0-9a-f]{16}$/, 'sixteen hexadecimal digits');

/** As they stand in JSON; none is left out. */
export function encodeFiles(files: PageFiles): object | undefined {
  const entries = Array.from(files, ([partition, { hash, length }]) => [partition, [hash, length]] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.toSorted(([a], [b]) => a - b));
}

/** @throws CartoError `CorruptFile`. */
export function decodeFiles(json: unknown, name: string): PageFiles {
  const entries = Object.entries(isObject(json) ? json : corrupt(name, 'files'));
  return new Map(
    entries.map(([partition, file]) => {
      const [hash, length] = Array.isArray(file) ? (file as unknown[]) : [];
      return [count(Number(partition), name), { hash: hash16(hash, name), length: count(length, name) }];
    }),
  );
}

/** As it stands in JSON. */
export function encodePlace(place: FeaturePlace | null): readonly number[] | null {
  return place && [place.offset, place.length, place.crc, ...place.box];
}

/** The place in `json`, in the file of its partition. @throws CartoError `CorruptFile`. */
export function decodePlace(json: unknown, file: PageFile | undefined, name: string): FeaturePlace {
  const isRow = Array.isArray(json) && json.length === 7 && json.every(Number.isSafeInteger);
  if (!isRow || file === undefined) return corrupt(name, 'place');
  const [offset, length, crc, ...box] = json as [number, number, number, number, number, number, number];
  const [minX, minY, maxX, maxY] = box;
  const isIn = offset >= 0 && length > 0 && offset + length <= file.length && crc >= 0 && crc < 2 ** 32;
  const isBox = minX <= maxX && minY <= maxY && box.every((value) => Math.abs(value) <= ORIGIN);
  return isIn && isBox ? { offset, length, crc, box } : corrupt(name, 'place');
}
