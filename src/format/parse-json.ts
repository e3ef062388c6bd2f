/** Reads JSON that came from elsewhere. Refuses other bytes, and shows how they begin. */
import { CartoError } from '../errors.ts';
import { utf8 } from './utf8.ts';

/**
 * The JSON value in `bytes`, which `name` names in errors.
 * @throws CartoError `NotOurFile` when it is no JSON, `CorruptFile` when it begins as such.
 */
export function parseJson(bytes: Uint8Array, name: string): unknown {
  try {
    const json: unknown = JSON.parse(utf8.decode(bytes));
    return json;
  } catch (error) {
    const opening = JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 40)));
    const code = /^"[[{]/.test(opening) ? 'CorruptFile' : 'NotOurFile';
    throw new CartoError(code, `${name}: expected JSON, found ${opening}…`, { file: name }, error);
  }
}
