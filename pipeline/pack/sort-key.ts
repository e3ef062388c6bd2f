/**
 * The order of the features in a file: by the layer's key fields, then along the Hilbert
 * curve, then by what they hold. Written as bytes that compare as the features do, so that
 * identical features are neighbours and the order of the sources changes nothing.
 */
import { createHash } from 'node:crypto';
import type { Properties } from './properties.ts';

/** 128 bits of SHA-256: features that share them are the same. */
export const HASH_BYTES = 16;
/** Of the place on the Hilbert curve. */
export const PLACE_BYTES = 4;

const NULL = Uint8Array.of(0);
const TEXT = 1;
/**
 * Ends a text; a zero inside one is followed by `ESCAPE`, so that `a` comes before `a\0` before
 * `ab`. Two bytes: whatever follows the key, such as a place, is no escape.
 */
const END = Uint8Array.of(0, 1);
const ESCAPE = 0xff;

function escapeZeros(text: Uint8Array): Uint8Array {
  return text.includes(0)
    ? Uint8Array.from([...text].flatMap((byte) => (byte === 0 ? [0, ESCAPE] : [byte])))
    : text;
}

/**
 * The values of `fields` as bytes that sort as their texts do in UTF-8, one field after the
 * other, null first. Equal for equal values only.
 */
export function encodeKey(fields: readonly string[], properties: Properties): Uint8Array {
  const parts = fields.flatMap((name) => {
    const value = properties[name] ?? null;
    if (value === null) return [NULL];
    return [Uint8Array.of(TEXT), escapeZeros(Buffer.from(String(value), 'utf8')), END];
  });
  return Buffer.concat(parts);
}

/** `key`, as `encodeKey` gives it, then the place on the Hilbert curve (32 bits), then the content. */
export function sortKey(key: Uint8Array, distance: number, feature: Uint8Array): Uint8Array {
  const place = Buffer.alloc(PLACE_BYTES);
  place.writeUInt32BE(distance);
  const content = createHash('sha256').update(feature).digest().subarray(0, HASH_BYTES);
  return Buffer.concat([key, place, content]);
}
