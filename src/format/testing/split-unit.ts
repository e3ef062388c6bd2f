/** The inside of a unit, for tests that change it. */
import { decodeUnit } from '../unit-json.ts';

/** The JSON and the rest of a unit's raw bytes. @throws CartoError `CorruptFile`. */
export function splitUnit(raw: Uint8Array): { readonly json: unknown; readonly rest: Uint8Array } {
  const length = raw.length - 4 - new DataView(raw.buffer, raw.byteOffset).getUint32(0, true);
  return decodeUnit(raw, 'test', (json, { take }) => ({ json, rest: take(length) }));
}
