/**
 * Columns of whole numbers of fixed size, each cut into planes: first all the highest
 * bytes, then all the next ones. High bytes change little from row to row, so planes
 * deflate well. A number of 16 or 24 bits and more has the most significant plane first.
 */
import { corrupt } from './corrupt.ts';

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

/** Reads columns one after the other. */
export interface PlaneReader {
  /** `n` numbers of `size` bytes. @throws CartoError `CorruptFile` when they pass the end. */
  take(n: number, size: number): Float64Array;
  /** Refuses bytes that nobody read. */
  end(): void;
}

export function readPlanes(bytes: Uint8Array, name: string): PlaneReader {
  let at = 0;
  return {
    take: (n, size) => {
      if (n * size > bytes.length - at) corrupt(name, `count ${n}`);
      const values = new Float64Array(n);
      for (let plane = 0; plane < size; plane++) {
        for (let i = 0; i < n; i++) values[i] = (values[i] ?? 0) * 256 + (bytes[at++] ?? 0);
      }
      return values;
    },
    end: () => {
      if (at !== bytes.length) corrupt(name, 'end');
    },
  };
}
