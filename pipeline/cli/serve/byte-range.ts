/** The bytes of a file that a request asks for. */
import type { IncomingMessage } from 'node:http';
import type { FoundFile } from './found-file.ts';

export interface ByteRange {
  readonly start: number;
  /** The first byte after it. */
  readonly end: number;
}

/**
 * The range asked for; `null` for the whole file, which is also the answer to forms that
 * a host may ignore (RFC 9110, 14.2); `unsatisfiable` when it begins past the end.
 */
export function rangeOf(
  request: IncomingMessage,
  { size, etag }: FoundFile,
): ByteRange | 'unsatisfiable' | null {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag) return null;
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return null;
  if (first === '') {
    const start = Math.max(0, size - Number(last));
    return start < size ? { start, end: size } : 'unsatisfiable';
  }
  if (last !== '' && Number(last) < Number(first)) return null;
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  return Number(first) < size ? { start: Number(first), end } : 'unsatisfiable';
}
