/**
 * What must be known of a shapefile, or of a .dbf alone, before GDAL opens it: that its
 * files are there and whole (of a .shp that was cut GDAL reads features without a
 * geometry), and the encoding of its texts, whatever a .cpg says.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { PipelineError, type Where } from '../errors.ts';
import { siblingOf } from '../sources/workspace.ts';
import { readDbaseTexts } from './dbase.ts';
import { detectEncoding, type Encoding } from './encoding.ts';

/** Where the header of a .shp gives the file's length, in 16-bit words (ESRI's specification, 1998). */
const LENGTH_OFFSET = 24;

function announcedLength(path: string): number {
  const word = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, word, 0, word.length, LENGTH_OFFSET);
  } finally {
    closeSync(file);
  }
  return word.readInt32BE() * 2;
}

function assertWhole(path: string, where: Where): void {
  const { size } = statSync(path);
  const announced = announcedLength(path);
  if (size >= announced) return;
  throw new PipelineError('BadSchema', `cut short: ${announced} bytes expected, ${size} found`, where);
}

/**
 * Checks the shapefile or table at `path` and gives the encoding of its texts.
 * @throws PipelineError `BadSchema` when a file is missing or cut short, `BadEncoding`.
 */
export function inspectShapefile(path: string, declared: Encoding | undefined, where: Where): Encoding {
  const table = siblingOf(path, '.dbf');
  if (table === null) throw new PipelineError('BadSchema', 'the .dbf is missing', where);
  if (/\.shp$/i.test(path)) assertWhole(path, where);
  return detectEncoding(readDbaseTexts(table, where), declared, where);
}
