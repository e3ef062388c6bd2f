/**
 * The texts of a dBASE table (a .dbf, MapInfo's .dat) as they stand in the file, to see
 * what encoding they are in. Refuses a table shorter than its header says, of which
 * GDAL would read the first rows and call the others empty.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PipelineError, type Where } from '../errors.ts';

/** Bytes of the header before the columns, and of each column's description. */
const FIXED_HEADER = 32;
const DESCRIPTION = 32;
const END_OF_DESCRIPTIONS = 0x0d;
const CHARACTER = 'C'.charCodeAt(0);
const DELETED = '*'.charCodeAt(0);

interface Column {
  readonly offset: number;
  readonly length: number;
  readonly isCharacter: boolean;
}

function readColumns(bytes: Buffer, headerLength: number): Column[] {
  const columns: Column[] = [];
  // The first byte of a record says whether it is deleted.
  let offset = 1;
  for (let at = FIXED_HEADER; at + DESCRIPTION <= headerLength; at += DESCRIPTION) {
    if (bytes[at] === END_OF_DESCRIPTIONS) break;
    const length = bytes[at + 16] ?? 0;
    columns.push({ offset, length, isCharacter: bytes[at + 11] === CHARACTER });
    offset += length;
  }
  return columns;
}

/** Without the blanks and NULs that pad a field. */
function trimEnd(value: Uint8Array): Uint8Array {
  let end = value.length;
  while (end > 0 && (value[end - 1] === 0x20 || value[end - 1] === 0)) end -= 1;
  return value.subarray(0, end);
}

export interface DbaseTable {
  /** Those with a byte beyond ASCII. */
  readonly texts: readonly Uint8Array[];
  readonly rows: number;
  /** Of them, those that are marked as deleted: they stand in the file until it is packed, and GDAL passes over them. */
  readonly deleted: number;
}

/**
 * The table at `path`. `isText` says of the columns that dBASE calls characters, by their place,
 * which really hold text.
 * @throws PipelineError `BadSchema` when the file is cut short.
 */
export function readDbase(
  path: string,
  where: Where,
  isText: (column: number) => boolean = () => true,
): DbaseTable {
  const bytes = readFileSync(path);
  const cut = (expected: number): PipelineError => {
    const what = `${basename(path)} is cut short: ${expected} bytes expected, ${bytes.length} found`;
    return new PipelineError('BadSchema', what, where);
  };
  if (bytes.length < FIXED_HEADER) throw cut(FIXED_HEADER);
  const [records, headerLength, recordLength] = [
    bytes.readUInt32LE(4),
    bytes.readUInt16LE(8),
    bytes.readUInt16LE(10),
  ];
  const announced = headerLength + records * recordLength;
  if (bytes.length < announced) throw cut(announced);
  const columns = readColumns(bytes, headerLength).filter((column, i) => column.isCharacter && isText(i));
  const texts: Uint8Array[] = [];
  let deleted = 0;
  for (let at = headerLength; at < announced; at += recordLength) {
    if (bytes[at] === DELETED) deleted += 1;
    for (const { offset, length } of columns) {
      const value = bytes.subarray(at + offset, at + offset + length);
      if (value.some((byte) => byte >= 0x80)) texts.push(trimEnd(value));
    }
  }
  return { texts, rows: records, deleted };
}
