/** Refuses a question for what it would cost. */
import { CartoError } from '../errors.ts';

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
  const message = `would read ${bytes} bytes of ${layer}, beyond maxBytes ${maxBytes}; ask by place or by key`;
  throw new CartoError('TooCostly', message, { layer, bytes, maxBytes });
}
