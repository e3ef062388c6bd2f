/** The error of a file that contradicts itself or its checksum. */
import { CartoError } from '../errors.ts';

/**
 * Refuses the file, or the part of it, that `name` names; `what` of it, in a word.
 * @throws CartoError `CorruptFile`, always.
 */
export function corrupt(name: string, what: string, cause?: unknown): never {
  throw new CartoError('CorruptFile', `${name}: corrupt ${what}`, { file: name }, cause);
}

/**
 * `value`, which what is being decoded cannot lack; `what` it is, in a word.
 * @throws RangeError when it is `undefined`, `null` or `false`.
 */
export function must<T>(value: T | false | null | undefined, what: string): T {
  if (value === undefined || value === null || value === false) throw new RangeError(what);
  return value;
}

/**
 * What `decode` gives. Whatever it throws, by `must` or by reading what is not there, is
 * the fault of what it decodes, which `name` names.
 * @throws CartoError `CorruptFile`.
 */
export function decoding<T>(name: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    return corrupt(name, (error as Error).message, error);
  }
}
