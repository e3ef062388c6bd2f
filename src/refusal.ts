/** Refusals of a question: nothing was read, and `details.path` says what is wrong in it. */
import { CartoError } from './errors.ts';

/** A value in a message: short, and safe for whatever somebody passes. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (value === null || /number|boolean|bigint|string/.test(typeof value)) {
    const text = typeof value === 'string' ? JSON.stringify(value) : `${value as number}`;
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
  }
  return `a ${typeof value}`.replace('a o', 'an o');
}

/**
 * @param path - where in the question: a parameter, or `geom.coordinates[0][3]`
 * @throws CartoError `InvalidQuery`, always.
 */
export function refuse(path: string, message: string, cause?: unknown): never {
  throw new CartoError('InvalidQuery', `${path}: ${message}`, { path }, cause);
}

/** Refuses `value`, found where the `rule` is not kept. */
export function expected(
  rule: string,
  path: string,
  value: unknown,
  found = describeValue(value),
  cause?: unknown,
): never {
  refuse(path, `expected ${rule}, found ${found}`, cause);
}
