/** Refusals of a query geometry: what was expected, what was found, and where. */
import { CartoError } from '../../errors.ts';

/**
 * @param path where in the query, as `geom.coordinates[0][3]`
 * @param found in words
 * @throws {CartoError} `InvalidQuery`, always, with the three in its details
 */
export function refuse(path: string, expected: string, found: string, cause?: unknown): never {
  const message = `${path}: expected ${expected}, found ${found}`;
  throw new CartoError('InvalidQuery', message, { path, expected, found }, cause);
}
