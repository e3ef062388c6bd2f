/** Refusals of a question: nothing was read, and `details.path` says what is wrong in it. */
import { CartoError } from '../errors.ts';
import { describeValue } from '../format/checks.ts';
import { byNearness, nearest } from './nearest.ts';

/** `InvalidQuery` at `path`, a parameter. */
export function invalid(path: string, message: string, suggestion?: string): CartoError {
  return new CartoError('InvalidQuery', `${path}: ${message}`, { path, suggestion });
}

/** A value of the wrong form. */
export function wrongForm(path: string, rule: string, value: unknown): CartoError {
  return invalid(path, `expected ${rule}; found ${describeValue(value)}`);
}

/** A parameter that `layer` does not have. */
export function unknownParameter(layer: string, name: string, known: readonly string[]): CartoError {
  const suggestion = nearest(name, known);
  const help = suggestion === undefined ? `it knows ${known.join(', ')}` : `did you mean ${suggestion}?`;
  return invalid(name, `${layer} has no such parameter or field; ${help}`, suggestion);
}

/** A layer that the tree at `base` does not hold. */
export function unknownLayer(layer: string, base: string, known: readonly string[]): CartoError {
  const names = byNearness(layer, known);
  const message = `${layer}: no such layer in ${base}; it holds ${names.join(', ') || 'none'}`;
  return new CartoError('UnknownLayer', message, { layer, suggestion: nearest(layer, known) });
}

/**
 * Refuses to read `parts` of `layer`.
 * @throws CartoError `TooCostly` when their bytes pass `ceiling`.
 */
export function refuseBeyond(
  ceiling: number,
  parts: readonly { readonly length: number }[],
  layer: string,
): void {
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  if (bytes <= ceiling) return;
  const message = `this would read ${bytes} bytes of ${layer}, its ceiling is maxBytes ${ceiling}; ask by place or by key, or raise it`;
  throw new CartoError('TooCostly', message, { layer, bytes, maxBytes: ceiling });
}
