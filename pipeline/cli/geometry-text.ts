/** What `--geom` gives: a geometry, a file that has one, or standard input. */
import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { CartoError } from '../../src/errors.ts';
import { messageOf } from '../errors.ts';

/** Editors and shells of Windows put it before a text, where JSON has no place for it. */
const BYTE_ORDER_MARK = /^\uFEFF/;

async function read(file: string): Promise<string> {
  // Which takes the mark away by itself.
  if (file === '-') return readAll(process.stdin);
  try {
    return readFileSync(file, 'utf8').replace(BYTE_ORDER_MARK, '');
  } catch (error) {
    throw new CartoError('InvalidQuery', `--geom: ${messageOf(error)}`, { path: 'geom' }, error);
  }
}

/**
 * The text of a geometry: `geom` itself, that of the file in `@FILE`, or of standard input in `@-`.
 * @throws CartoError `InvalidQuery` for a file that cannot be read.
 */
export async function geometryText(geom: string): Promise<string> {
  return geom.startsWith('@') ? read(geom.slice(1)) : geom;
}
