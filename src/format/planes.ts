/**
 * Columns of whole numbers of fixed size, each cut into planes: first all the highest
 * bytes, then all the next ones. High bytes change little from row to row, so planes
 * deflate well. A number of 16 or 24 bits and more has the most significant plane first.
 * `byte-reader.ts` reads them.
 */

/** One plane a byte. @throws RangeError for a number that `size` bytes cannot say. */
export function encodePlanes(values: readonly number[], size: number): Uint8Array {
  const planes = new Uint8Array(values.length * size);
  values.forEach((value, i) => {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** size) {
      throw new RangeError(`${size} bytes cannot say ${value}`);
    }
    for (let plane = 0; plane < size; plane++) {
      planes[plane * values.length + i] = Math.floor(value / 256 ** (size - 1 - plane)) % 256;
    }
  });
  return planes;
}
