/** Refusals of a question: nothing was read, and `details` say what is wrong in it. */
import { CartoError } from '../errors.ts';
import { describeValue } from '../format/checks.ts';

/** `InvalidQuery` at `path`, a parameter. */
export function invalid(path: string, message: string): CartoError {
  return new CartoError('InvalidQuery', `${path}: ${message}`, { path });
}

/** A value of the wrong form. */
export function wrongForm(path: string, rule: string, value: unknown): CartoError {
  return invalid(path, `expected ${rule}; found ${describeValue(value)}`);
}

/**
 * Refuses to read `parts` of `layer`.
 * @throws CartoError `TooCostly` when their bytes pass `maxBytes`.
 */
export function refuseBeyond(
  maxBytes: number,
  parts: readonly { readonly length: number }[],
  layer: string,
): void {
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  if (bytes <= maxBytes) return;
  const message = `this would read ${bytes} bytes of ${layer}, its ceiling is maxBytes ${maxBytes}; ask by place or by key, or raise it`;
  throw new CartoError('TooCostly', message, { layer, bytes, maxBytes });
}
