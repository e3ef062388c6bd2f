/**
 * Checks of JSON values that came from elsewhere: each takes an unknown value and its
 * path, and gives the value typed or refuses it, saying what was expected there.
 */
import { CartoError } from '../errors.ts';
import { describeValue } from '../refusal.ts';

export type Check<T> = (value: unknown, path: string) => T;

export function refuse(expected: string, value: unknown, path: string): never {
  throw new CartoError('CorruptFile', `${path}: expected ${expected}, found ${describeValue(value)}`, {
    path,
  });
}

export const text: Check<string> = (value, path) =>
  typeof value === 'string' ? value : refuse('a text', value, path);

export const count: Check<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse('a whole number', value, path);

export function textLike(form: RegExp, expected: string): Check<string> {
  return (value, path) =>
    typeof value === 'string' && form.test(value) ? value : refuse(expected, value, path);
}

export function oneOf<T extends string>(...known: readonly T[]): Check<T> {
  return (value, path) =>
    known.find((candidate) => candidate === value) ?? refuse(`one of ${known.join(', ')}`, value, path);
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value, path) => (value === null ? null : check(value, path));
}

export function list<T>(check: Check<T>): Check<readonly T[]> {
  return (value, path) =>
    Array.isArray(value)
      ? value.map((item: unknown, i) => check(item, `${path}[${i}]`))
      : refuse('an array', value, path);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object used as a dictionary; its own keys only, whatever they are called. */
export function dictionary<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value, path) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, item]) => [key, check(item, `${path}[${JSON.stringify(key)}]`)]),
        )
      : refuse('an object', value, path);
}

/** The member `name` of an object; absent members reach `check` as `undefined`. */
export function member<T>(value: unknown, path: string, name: string, check: Check<T>): T {
  if (!isObject(value)) return refuse('an object', value, path);
  // A path that ends in `#` is that of the whole document.
  const at = path.endsWith('#') ? `${path}${name}` : `${path}.${name}`;
  return check(Object.hasOwn(value, name) ? value[name] : undefined, at);
}
