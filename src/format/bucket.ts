/**
 * Id buckets: from an exact key to the pages that may hold its feature, at an address
 * computed from the key. All keys of a layer are in, so a tag that is missing is a proven
 * absence. Refuses counts that pass the bucket and slots that point past its pages.
 */
import { readBytes, times } from './byte-reader.ts';
import { decoding, must } from './corrupt.ts';
import type { Value } from './feature-values.ts';
import type { UnitRef } from './unit.ts';

/** Bytes of a bucket as stored, the four of its checksum included. */
export const BUCKET_BYTES = 4096;

const PAYLOAD_BYTES = BUCKET_BYTES - 4;
const HEAD = 5;
/** Five bytes of offset, three of length, two of check. */
const REF = 10;

export interface Slot {
  /** Twenty-four bits of the key's hash: of some hundred keys in a bucket, two hardly ever share one. */
  readonly tag: number;
  /** Which of the bucket's pages. */
  readonly ref: number;
}

export interface Bucket {
  /** Of pages. */
  readonly refs: readonly UnitRef[];
  readonly slots: readonly Slot[];
  /** Whether the next bucket (after the last, the first) goes on. */
  readonly spilled: boolean;
}

/** FNV-1a, then the finishing steps of MurmurHash3, which spread what keys have in common. */
function hash32(bytes: Uint8Array, seed: number): number {
  let hash = seed;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const GROUP_SEED = 0x811c9dc5;
const TAG_SEED = 0x9e3779b9;

/** The key of a feature: the values of the id fields one after the other, null as nothing. */
export function keyOf(values: readonly Value[]): string {
  return values.join('');
}

/** The key of an `idu`: without `com_abs`, its sixth to eighth characters, as the id fields of parcels are. */
export function keyOfIdu(idu: string): string {
  return idu.slice(0, 5) + idu.slice(8);
}

/** Which of the `buckets` a key is in, and its tag there. Keys that differ in their last two bytes are neighbours. */
export function addressOf(key: string, buckets: number): { readonly bucket: number; readonly tag: number } {
  const bytes = new TextEncoder().encode(key);
  const group = bytes.subarray(0, -2);
  return { bucket: hash32(group, GROUP_SEED) % buckets, tag: hash32(bytes, TAG_SEED) >>> 8 };
}

const TAG = 3;

/** Bytes of a slot: its tag, and one or two for the page. */
function slotBytes(refs: number): number {
  return TAG + (refs > 256 ? 2 : 1);
}

export function fitsInBucket(refs: number, slots: number): boolean {
  return HEAD + refs * REF + slots * slotBytes(refs) <= PAYLOAD_BYTES;
}

/** The payload of a bucket. @throws RangeError when it does not fit or cannot be said. */
export function encodeBucket({ refs, slots, spilled }: Bucket): Uint8Array {
  if (!fitsInBucket(refs.length, slots.length)) throw new RangeError('a bucket too full');
  const payload = new Uint8Array(PAYLOAD_BYTES);
  let at = 0;
  const put = (value: number, bytes: number): void => {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** bytes)
      throw new RangeError(`${bytes} bytes for ${value}`);
    for (let i = 0; i < bytes; i++) payload[at++] = Math.floor(value / 256 ** i) % 256;
  };
  put(refs.length, 2);
  put(slots.length, 2);
  put(Number(spilled), 1);
  for (const { offset, length, check } of refs) {
    put(offset, 5);
    put(length, 3);
    put(check, 2);
  }
  for (const { tag, ref } of slots) {
    if (ref >= refs.length) throw new RangeError(`page ${ref} of ${refs.length}`);
    put(tag, TAG);
    put(ref, slotBytes(refs.length) - TAG);
  }
  return payload;
}

/**
 * The pages that may hold the key of `tag`, each once; none and not spilled: no feature has it.
 * @throws CartoError `CorruptFile`.
 */
export function findInBucket(
  payload: Uint8Array,
  tag: number,
  name: string,
): { refs: UnitRef[]; spilled: boolean } {
  return decoding(name, () => {
    const { uint } = readBytes(payload);
    const pages = uint(2);
    const slots = uint(2);
    const spilled = uint(1) > 0;
    const refs = times(pages, (): UnitRef => ({ offset: uint(5), length: uint(3), check: uint(2) }));
    const found = new Set<UnitRef>();
    times(slots, () => {
      const isFound = uint(TAG) === tag;
      const ref = refs[uint(slotBytes(pages) - TAG)];
      if (isFound) found.add(must(ref, 'bucket'));
    });
    return { refs: [...found], spilled };
  });
}
