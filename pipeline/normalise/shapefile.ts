/**
 * What must be known of a shapefile, or of a .dbf alone, before GDAL opens it: that its
 * files are there and whole (of a .shp that was cut GDAL reads features without a
 * geometry), and the encoding of its texts, whatever a .cpg says.
 */
import { closeSync, openSync, readSync, statSync, symlinkSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { PipelineError, type Where } from '../errors.ts';
import { siblingOf } from '../sources/workspace.ts';
import { readDbase } from './dbase.ts';
import { detectEncoding, type Encoding } from './encoding.ts';

/** Where the header of a .shp gives the file's length, in 16-bit words (ESRI's specification, 1998). */
const LENGTH_OFFSET = 24;
const HEADER_BYTES = 100;

function announcedLength(path: string): number {
  const word = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, word, 0, word.length, LENGTH_OFFSET);
  } finally {
    closeSync(file);
  }
  return word.readUInt32BE() * 2;
}

function assertWhole(path: string, where: Where): void {
  const { size } = statSync(path);
  const announced = Math.max(announcedLength(path), HEADER_BYTES);
  if (size >= announced) return;
  throw new PipelineError(
    'BadSchema',
    `${basename(path)} is cut short: ${announced} bytes expected, ${size} found`,
    where,
  );
}

/** How many shapes a .shx points to: eight bytes each, behind a header of a hundred. */
function shapesIn(index: string): number {
  return (announcedLength(index) - HEADER_BYTES) / 8;
}

/** GDAL reads as many features as the .shx has entries: an old one would hide the others. */
function assertIndexed(path: string, rows: number, where: Where): void {
  const index = siblingOf(path, '.shx');
  if (index === null) throw new PipelineError('BadSchema', 'the .shx is missing', where);
  assertWhole(index, where);
  const shapes = shapesIn(index);
  if (shapes === rows) return;
  const what = `${shapes} shapes in the .shx, ${rows} rows in the .dbf: they are not of one shapefile`;
  throw new PipelineError('BadSchema', what, where);
}

const PARTS = ['.shp', '.shx', '.dbf', '.prj', '.cpg'];

/**
 * GDAL finds `.shx` and `.SHX` of the very name of the .shp, which is not all that Windows takes
 * for one name: the shapefile again in `folder`, where it is not so.
 */
function inOneSpelling(path: string, folder: () => string): string {
  const { name, ext } = parse(path);
  const parts = PARTS.map((ending) => [ending, siblingOf(path, ending)] as const);
  const isFound = ([ending, part]: (typeof parts)[number]): boolean =>
    part === null || [name + ending, name + ending.toUpperCase()].includes(basename(part));
  if (parts.every(isFound)) return path;
  const target = folder();
  for (const [ending, part] of parts) if (part !== null) symlinkSync(part, join(target, name + ending));
  return join(target, name + ext.toLowerCase());
}

export interface InspectedShapefile {
  /** What GDAL is to open. */
  readonly path: string;
  readonly encoding: Encoding;
  /** Those that are not marked as deleted. */
  readonly rows: number;
}

/**
 * Checks the shapefile or table at `path`; `folder` makes an empty one that may be written to.
 * @throws PipelineError `BadSchema` when a file is missing, cut short or of another shapefile, `BadEncoding`.
 */
export function inspectShapefile(
  path: string,
  declared: Encoding | undefined,
  folder: () => string,
  where: Where,
): InspectedShapefile {
  const table = siblingOf(path, '.dbf');
  if (table === null) throw new PipelineError('BadSchema', 'the .dbf is missing', where);
  const { texts, rows, deleted } = readDbase(table, where);
  if (/\.shp$/i.test(path)) {
    assertWhole(path, where);
    assertIndexed(path, rows, where);
  }
  return {
    path: inOneSpelling(path, folder),
    encoding: detectEncoding(texts, declared, where),
    rows: rows - deleted,
  };
}
