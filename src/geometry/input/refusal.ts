/** Refusals of a query geometry: what was expected, what was found, and where. */
import { CartoError } from '../../errors.ts';
import { describeValue } from '../../format/checks.ts';

/**
 * @param path where in the query, as `geom.coordinates[0][3]`
 * @param found in words
 * @throws {CartoError} `InvalidQuery`, always, with the three in its details
 */
export function refuseFault(path: string, expected: string, found: string): never {
  const message = `${path}: expected ${expected}, found ${found}`;
  throw new CartoError('InvalidQuery', message, { path, expected, found });
}

/** As `refuseFault`, with `value` put in words. */
export function refuseValue(path: string, expected: string, value: unknown): never {
  return refuseFault(path, expected, describeValue(value));
}
