/**
 * Units: everything in an index is read by them. Their checksum is seeded by the vintage
 * and by where they stand, so that a unit of another edition or another place is refused
 * like one with a flipped bit. Half of it stands at the end of the unit, half in the
 * level above, which so pays two bytes.
 */
import { readBytes, times } from './byte-reader.ts';
import { concatenate } from './bytes.ts';
import { decoding, must } from './corrupt.ts';
import { crc32 } from './crc32.ts';

export { crc32 } from './crc32.ts';
export { inflate, MAX_RAW } from './inflate.ts';
export { decodeUnit, joinUnit } from './unit-json.ts';

/** Where a unit stands, as the level above says it. */
export interface UnitRef {
  /** Byte in the index. */
  readonly offset: number;
  /** Bytes as stored: the payload and its two bytes of checksum. Less than 2^24. */
  readonly length: number;
  /** The upper half of the checksum. */
  readonly check: number;
}

/** Units that stand one after the other, from byte `offset`. */
export function consecutive(
  offset: number,
  lengths: ArrayLike<number>,
  checks: ArrayLike<number>,
): UnitRef[] {
  let end = offset;
  return Array.from(lengths, (length, i) => {
    const ref = { offset: end, length, check: checks[i] ?? 0 };
    end += length;
    return ref;
  });
}

/** The lowest byte first. */
function bytesOf(value: number, size: number): number[] {
  return times(size, (i) => Math.floor(value / 256 ** i) % 256);
}

function placedCrc(payload: Uint8Array, salt: number, offset: number): number {
  return crc32(payload, crc32(Uint8Array.of(...bytesOf(salt, 4), ...bytesOf(offset, 8))));
}

/** The unit that stands at `offset`, and what the level above must know to check it. */
export function seal(
  payload: Uint8Array,
  salt: number,
  offset: number,
): { readonly bytes: Uint8Array; readonly check: number } {
  const crc = placedCrc(payload, salt, offset);
  return { bytes: concatenate([payload, Uint8Array.from(bytesOf(crc, 2))]), check: crc >>> 16 };
}

/** What stands before `size` bytes, which with `above` are its checksum: a view into `stored`. */
function checked(
  stored: Uint8Array,
  size: number,
  above: number,
  salt: number,
  offset: number,
  name: string,
): Uint8Array {
  return decoding(name, () => {
    const payload = stored.subarray(0, -size);
    const crc = readBytes(stored.subarray(-size)).uint(size) + above * 65536;
    must(placedCrc(payload, salt, offset) === crc, `checksum at byte ${offset}`);
    return payload;
  });
}

/**
 * The payload of the unit at `ref`, a view into `stored`.
 * @throws CartoError `CorruptFile` when it is not the unit that was sealed there.
 */
export function unseal(
  stored: Uint8Array,
  { offset, check }: UnitRef,
  salt: number,
  name: string,
): Uint8Array {
  return checked(stored, 2, check, salt, offset, name);
}

/** A unit at a computed address, which no level above can check: it ends with the whole checksum. */
export function sealBucket(payload: Uint8Array, salt: number, offset: number): Uint8Array {
  const crc = placedCrc(payload, salt, offset);
  return concatenate([payload, Uint8Array.from(bytesOf(crc, 4))]);
}

/**
 * The payload of the bucket at `offset`, a view into `stored`.
 * @throws CartoError `CorruptFile` when it is not what was sealed there.
 */
export function unsealBucket(stored: Uint8Array, offset: number, salt: number, name: string): Uint8Array {
  return checked(stored, 4, 0, salt, offset, name);
}
