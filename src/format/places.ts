/**
 * Places: where the features that a page does not hold whole stand in their `.fgb`.
 */
import type { Box } from '../geometry/lattice.ts';

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

/** As they stand in JSON; none is left out. */
export function encodeFiles(files: PageFiles): object | undefined {
  const entries = Array.from(files, ([partition, { hash, length }]) => [partition, [hash, length]] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.toSorted(([a], [b]) => a - b));
}

export function decodeFiles(json: unknown): PageFiles {
  const entries = Object.entries((json ?? {}) as Readonly<Record<string, readonly [string, number]>>);
  return new Map(entries.map(([partition, [hash, length]]) => [Number(partition), { hash, length }]));
}

/** As it stands in JSON. */
export type PlaceRow = readonly [offset: number, length: number, crc: number, ...box: Box];

export function encodePlace(place: FeaturePlace | null): PlaceRow | null {
  return place && [place.offset, place.length, place.crc, ...place.box];
}

/** The place in a row of JSON; whether it lies in its file is known where that is read. */
export function decodePlace([offset, length, crc, ...box]: PlaceRow): FeaturePlace {
  return { offset, length, crc, box };
}
