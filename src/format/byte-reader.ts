/**
 * Reading bytes one number after the other. What passes the end throws, so that no count
 * needs a check of its own: what is counted takes a byte at least, and nothing is
 * allocated before it is read.
 */
import { must } from './corrupt.ts';
import { unzigzag } from './varint.ts';

/** What `read` gives `n` times, each kept as soon as it is there. */
export function times<T>(n: number, read: (i: number) => T): T[] {
  const items: T[] = [];
  for (let i = 0; i < n; i++) items.push(read(i));
  return items;
}

/** All of it throws RangeError past the end. */
export interface ByteReader {
  /** A whole number of `size` bytes, the lowest first. */
  readonly uint: (size: number) => number;
  readonly varint: () => number;
  readonly signed: () => number;
  /** `n` numbers of `size` bytes, in planes. */
  readonly planes: (n: number, size: number) => number[];
  /** As many items as a varint says. */
  readonly list: <T>(read: (i: number) => T) => T[];
  /** A view of the next `length` bytes. */
  readonly take: (length: number) => Uint8Array;
  /** Refuses bytes that nobody read. */
  readonly end: () => void;
}

export function readBytes(bytes: Uint8Array): ByteReader {
  let at = 0;
  const byte = (): number => must(bytes[at++], 'end');
  const uint = (size: number): number => (size > 0 ? byte() + 256 * uint(size - 1) : 0);
  const varint = (): number => {
    let value = 0;
    let next = 128;
    for (let scale = 1; next > 127; scale *= 128) {
      next = byte();
      value += (next & 127) * scale;
    }
    return value;
  };
  const planes = (n: number, size: number): number[] => {
    const higher = size > 1 ? planes(n, size - 1) : [];
    return times(n, (i) => 256 * (higher[i] ?? 0) + byte());
  };
  return {
    uint,
    varint,
    planes,
    signed: () => unzigzag(varint()),
    list: (read) => times(varint(), read),
    take: (length) => bytes.subarray(at, (at += length)),
    end: () => {
      must(at === bytes.length, 'end');
    },
  };
}
