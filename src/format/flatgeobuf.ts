/**
 * The head of a FlatGeobuf file: what its columns are and where its parts lie.
 * Refuses other files, and any length or count that the file's size contradicts,
 * before anything is read or allocated by it.
 */
import { ByteBuffer } from 'flatbuffers';
import type { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import type { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import { fromByteBuffer, type HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { CartoError } from '../errors.ts';
import { NODE_BYTES, treeBytes, treeShape, type TreeShape } from './packed-rtree.ts';

/** `fgb`, major version 3, `fgb`; the last byte is a patch level that readers ignore. */
export const MAGIC = [0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62];
/** The magic bytes and the length of the header. */
export const PREFIX_BYTES = 12;
/** What flatgeobuf's own readers allow. */
const LONGEST_HEADER = 10 * 1024 * 1024;

/** What the catalogue says of the file. */
export interface ExpectedFile {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  readonly features: number;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Where the parts of a file lie, in bytes from its start. */
export interface FlatGeobufLayout {
  readonly file: ExpectedFile;
  readonly geometryType: GeometryType;
  readonly columns: readonly Column[];
  /** `null` when the file has no spatial index, or no feature. */
  readonly tree: TreeShape | null;
  readonly treeOffset: number;
  readonly featuresOffset: number;
}

function corrupt(file: ExpectedFile, what: string, cause?: unknown): CartoError {
  return new CartoError('CorruptFile', `${file.name}: ${what}`, { file: file.name }, cause);
}

/**
 * Where the header ends, from the first `PREFIX_BYTES` of the file.
 * @throws CartoError `NotOurFile` or `CorruptFile`.
 */
export function headerEnd(prefix: Uint8Array, file: ExpectedFile): number {
  if (prefix.length < PREFIX_BYTES || MAGIC.some((byte, i) => prefix[i] !== byte)) {
    const found = JSON.stringify(String.fromCharCode(...prefix.subarray(0, PREFIX_BYTES)));
    throw new CartoError('NotOurFile', `${file.name}: expected FlatGeobuf 3, found ${found}`, {
      file: file.name,
    });
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset).getUint32(8, true);
  const end = PREFIX_BYTES + length;
  if (length > LONGEST_HEADER || end > file.length) {
    throw corrupt(file, `a header of ${length} bytes does not fit a file of ${file.length}`);
  }
  return end;
}

function decodeHeader(bytes: Uint8Array, file: ExpectedFile): HeaderMeta {
  // A copy from the length on: a flatbuffer must start its own buffer, whose end then bounds it.
  const buffer = bytes.slice(PREFIX_BYTES - 4);
  try {
    const columns = Header.getSizePrefixedRootAsHeader(new ByteBuffer(buffer)).columnsLength();
    // Each takes at least the four bytes that point to it; a greater count would loop for ever.
    if (columns * 4 > buffer.length) throw new RangeError(`${columns} columns`);
    return fromByteBuffer(new ByteBuffer(buffer));
  } catch (error) {
    throw corrupt(file, 'its header cannot be decoded', error);
  }
}

function treeOf(meta: HeaderMeta, end: number, file: ExpectedFile): TreeShape | null {
  const { featuresCount, indexNodeSize } = meta;
  if (featuresCount !== file.features) {
    throw corrupt(file, `expected ${file.features} features, its header says ${featuresCount}`);
  }
  if (indexNodeSize === 0 || featuresCount === 0) return null;
  if (indexNodeSize < 2) throw corrupt(file, `nodes of ${indexNodeSize} children`);
  if (featuresCount * NODE_BYTES > file.length - end) throw corrupt(file, 'its index does not fit');
  return treeShape(featuresCount, indexNodeSize);
}

/**
 * The layout of a file from its first bytes, which hold its whole header.
 * @throws CartoError `CorruptFile`.
 */
export function parseHead(bytes: Uint8Array, file: ExpectedFile): FlatGeobufLayout {
  const end = headerEnd(bytes, file);
  const meta = decodeHeader(bytes.subarray(0, end), file);
  const tree = treeOf(meta, end, file);
  const featuresOffset = end + (tree === null ? 0 : treeBytes(tree));
  if (featuresOffset > file.length) throw corrupt(file, 'its index does not fit');
  return {
    file,
    geometryType: meta.geometryType,
    columns: meta.columns ?? [],
    tree,
    treeOffset: end,
    featuresOffset,
  };
}
