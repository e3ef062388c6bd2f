/** Refuses, before a read, places that are not in the file; after it, a whole file that is not the one named. */
import { CartoError } from '../errors.ts';
import type { FileRef } from './range.ts';
import type { Span } from './merge.ts';
import type { WholeFile } from './reads.ts';
import { sha256 } from './sha256.ts';

export function checkPlaces(file: FileRef, name: string, wanted: readonly Span[]): void {
  for (const { offset, length } of wanted) {
    const isInFile = offset >= 0 && length > 0 && offset + length <= file.length;
    if (isInFile && Number.isInteger(offset) && Number.isInteger(length)) continue;
    const message = `${name}: ${length} bytes from byte ${offset} are not in its ${file.length} bytes`;
    throw new CartoError('CorruptFile', message, { file: name, offset, length });
  }
}

export function checkWhole(file: WholeFile, name: string, bytes: Uint8Array): void {
  const mismatch = (wanted: string, found: string): CartoError =>
    new CartoError('CorruptFile', `${name}: expected ${wanted}, found ${found}`, { file: name });
  const { length = bytes.length, sha256: wanted } = file;
  if (bytes.length !== length) throw mismatch(`${length} bytes`, `${bytes.length}`);
  if (wanted === undefined) return;
  const found = sha256(bytes);
  if (found !== wanted) throw mismatch(`sha256 ${wanted}`, found);
}
