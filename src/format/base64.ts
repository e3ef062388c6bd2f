/** Bytes in JSON. */
import { corrupt } from './corrupt.ts';

/** The bytes of a text in base64. @throws CartoError `CorruptFile` when it is none. */
export function fromBase64(text: string, name: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return corrupt(name, 'base64');
  }
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
