/**
 * Units: everything in an index is read by them. Their checksum is seeded by the vintage
 * and by where they stand, so that a unit of another edition or another place is refused
 * like one with a flipped bit. Half of it stands at the end of the unit, half in the
 * level above, which so pays two bytes.
 */
import { corrupt } from './corrupt.ts';
import { crc32 } from './crc32.ts';

export { crc32 } from './crc32.ts';
export { inflate, MAX_RAW } from './inflate.ts';
export { joinUnit, splitUnit } from './unit-json.ts';

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

function placedCrc(payload: Uint8Array, salt: number, offset: number): number {
  const place = new DataView(new ArrayBuffer(12));
  place.setUint32(0, salt, true);
  place.setUint32(4, offset % 2 ** 32, true);
  place.setUint32(8, offset / 2 ** 32, true);
  return crc32(payload, crc32(new Uint8Array(place.buffer)));
}

function withTail(payload: Uint8Array, ...tail: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(payload.length + tail.length);
  bytes.set(payload);
  bytes.set(tail, payload.length);
  return bytes;
}

/** The unit that stands at `offset`, and what the level above must know to check it. */
export function seal(
  payload: Uint8Array,
  salt: number,
  offset: number,
): { readonly bytes: Uint8Array; readonly check: number } {
  const crc = placedCrc(payload, salt, offset);
  return { bytes: withTail(payload, crc & 255, (crc >>> 8) & 255), check: crc >>> 16 };
}

/**
 * The payload of the unit at `ref`, a view into `stored`.
 * @throws CartoError `CorruptFile` when it is not the unit that was sealed there.
 */
export function unseal(stored: Uint8Array, ref: UnitRef, salt: number, name: string): Uint8Array {
  const end = ref.length - 2;
  if (stored.length !== ref.length || end < 0) return corrupt(name, 'length');
  const payload = stored.subarray(0, end);
  const lower = (stored[end] ?? 0) + 256 * (stored[end + 1] ?? 0);
  return placedCrc(payload, salt, ref.offset) === ref.check * 65536 + lower
    ? payload
    : corrupt(name, `checksum at byte ${ref.offset}`);
}

/** A unit at a computed address, which no level above can check: it ends with the whole checksum. */
export function sealBucket(payload: Uint8Array, salt: number, offset: number): Uint8Array {
  const crc = placedCrc(payload, salt, offset);
  return withTail(payload, crc & 255, (crc >>> 8) & 255, (crc >>> 16) & 255, crc >>> 24);
}

/**
 * The payload of the bucket at `offset`, a view into `stored`.
 * @throws CartoError `CorruptFile` when it is not what was sealed there.
 */
export function unsealBucket(stored: Uint8Array, offset: number, salt: number, name: string): Uint8Array {
  const { length } = stored;
  if (length < 4) return corrupt(name, 'length');
  const check = (stored[length - 2] ?? 0) + 256 * (stored[length - 1] ?? 0);
  const lower = stored.subarray(0, length - 2);
  return unseal(lower, { offset, length: length - 2, check }, salt, name);
}
