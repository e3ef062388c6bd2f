/** The error of a file that contradicts itself or its checksum. */
import { CartoError } from '../errors.ts';

/**
 * Refuses the file, or the part of it, that `name` names; `what` of it, in a word.
 * @throws CartoError `CorruptFile`, always.
 */
export function corrupt(name: string, what: string): never {
  throw new CartoError('CorruptFile', `${name}: corrupt ${what}`, { file: name });
}
