/** Bytes in JSON. */
import { decoding } from './corrupt.ts';

/** The bytes of a text in base64. @throws CartoError `CorruptFile` when it is none. */
export function fromBase64(text: string, name: string): Uint8Array {
  return decoding(name, () => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
