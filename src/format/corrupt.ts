/** The error of a file that contradicts itself or its checksum. */
import { CartoError } from '../errors.ts';

/**
 * Refuses the file, or the part of it, that `name` names.
 * @throws CartoError `CorruptFile`, always.
 */
export function corrupt(name: string, what: string): never {
  throw new CartoError('CorruptFile', `${name}: ${what}`, { file: name });
}
