/** Reads JSON that came from elsewhere. Refuses other bytes, and shows how they begin. */
import { CartoError } from '../errors.ts';

/** The first characters of a file, to show what came in place of the one expected. */
function opening(bytes: Uint8Array): string {
  return JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 40)));
}

/**
 * The JSON value in `bytes`, which `name` names in errors.
 * @throws CartoError `NotOurFile` when it is no JSON, `CorruptFile` when it begins as such.
 */
export function parseJson(bytes: Uint8Array, name: string): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return json;
  } catch (error) {
    const [code, what] = /^"[[{]/.test(opening(bytes))
      ? (['CorruptFile', 'JSON that is truncated or corrupt'] as const)
      : (['NotOurFile', `expected JSON, found a file that begins with ${opening(bytes)}`] as const);
    throw new CartoError(code, `${name}: ${what}`, { file: name }, error);
  }
}
