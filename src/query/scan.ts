/**
 * Reads every feature of a file from first to last, in pieces. Refuses a file that
 * ends before its last feature, or goes on after it.
 */
import { CartoError } from '../errors.ts';
import { decodeFeature, featureLength, type StoredFeature } from '../format/feature.ts';
import type { OpenFile } from './open-file.ts';
import { pieces } from './spans.ts';

/** The length that stands before each feature. */
const LENGTH_BYTES = 4;

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function checkCount(file: OpenFile, features: number, left: number): void {
  const { name, features: expected } = file.layout.file;
  if (features === expected && left === 0) return;
  const found = `${features} features and ${left} bytes after them`;
  throw new CartoError('CorruptFile', `${name}: expected ${expected} features, found ${found}`, {
    file: name,
  });
}

/** The features that `bytes` hold whole, from number `position` on; `left` bytes remain to the file's end. */
function* wholeFeatures(
  file: OpenFile,
  bytes: Uint8Array,
  position: number,
  left: number,
): Generator<{ readonly feature: StoredFeature; readonly end: number }> {
  for (let at = 0; bytes.length - at >= LENGTH_BYTES;) {
    const length = featureLength(bytes.subarray(at), position, left - at, file.layout);
    if (at + length > bytes.length) return;
    const feature = decodeFeature(bytes.subarray(at, at + length), position, file.layout);
    at += length;
    position += 1;
    yield { feature, end: at };
  }
}

/**
 * All features of `file` in its order.
 * @throws CartoError `CorruptFile`, or what reading throws.
 */
export async function* scan(file: OpenFile, signal: AbortSignal | undefined): AsyncGenerator<StoredFeature> {
  const { featuresOffset, file: expected } = file.layout;
  let rest: Uint8Array = new Uint8Array();
  let position = 0;
  for (const piece of pieces(featuresOffset, expected.length)) {
    const restStart = piece.start - rest.length;
    const bytes = join(rest, await file.read(piece.start, piece.end, signal));
    let used = 0;
    for (const { feature, end } of wholeFeatures(file, bytes, position, expected.length - restStart)) {
      used = end;
      position += 1;
      yield feature;
    }
    rest = bytes.subarray(used);
  }
  checkCount(file, position, rest.length);
}
