/**
 * Whether a file ends where it says itself that it does: what is cut short is found out when
 * it comes, not when it is opened, even where no catalogue says its length.
 */
import { open, type FileHandle } from 'node:fs/promises';
import type { Kind } from './wanted.ts';

/** `proven`: it says so itself; `unknown`: this kind does not tell; else in words why it is not whole. */
export type Ending = 'proven' | 'unknown' | { readonly fault: string };

const ZIP_END = Buffer.from('504b0506', 'hex');
const ZIP_END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

interface Ends {
  readonly length: number;
  readonly first: Buffer;
  readonly last: Buffer;
}

/** The directory of a zip stands at its end, and says how long its comment is. */
function zipEnding({ last }: Ends): Ending {
  for (let at = last.lastIndexOf(ZIP_END); at >= 0; at = last.lastIndexOf(ZIP_END, at - 1)) {
    const isLast =
      at + ZIP_END_BYTES <= last.length && at + ZIP_END_BYTES + last.readUInt16LE(at + 20) === last.length;
    if (isLast) return 'proven';
    if (at === 0) break;
  }
  return { fault: 'the zip has no directory at its end' };
}

/** The first bytes of a 7z say where its last are. */
function sevenZipEnding({ first, length }: Ends): Ending {
  if (first.length < 32) return { fault: 'the 7z ends in its first header' };
  const end = 32n + first.readBigUInt64LE(12) + first.readBigUInt64LE(20);
  return end === BigInt(length) ? 'proven' : { fault: `the 7z says that it has ${end} bytes` };
}

/** SQLite counts its pages, and says with which change that count was made. */
function geopackageEnding({ first, length }: Ends): Ending {
  if (first.length < 100) return { fault: 'the GeoPackage ends in its header' };
  const size = first.readUInt16BE(16) === 1 ? 65_536 : first.readUInt16BE(16);
  const counts = first.readUInt32BE(24) === first.readUInt32BE(92);
  const pages = first.readUInt32BE(28);
  if (counts && pages > 0) {
    return pages * size === length
      ? 'proven'
      : { fault: `the GeoPackage says that it has ${pages * size} bytes` };
  }
  return length % size === 0 ? 'unknown' : { fault: 'the GeoPackage ends within a page' };
}

function textEnding({ last }: Ends, ends: RegExp, what: string): Ending {
  return ends.test(last.toString('latin1').trimEnd()) ? 'proven' : { fault: `${what} is cut` };
}

function endingOfEnds(kind: Kind, name: string, ends: Ends): Ending {
  if (kind === 'zip') return zipEnding(ends);
  if (kind === '7z') return /\.\d{3}$/.test(name) ? 'unknown' : sevenZipEnding(ends);
  if (kind === 'gpkg') return geopackageEnding(ends);
  if (kind === 'json') return textEnding(ends, /[}\]]$/, 'the JSON');
  if (kind === 'xml') return textEnding(ends, />$/, 'the XML');
  return 'unknown';
}

async function readAt(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, position);
  return buffer.subarray(0, bytesRead);
}

/** How the file at `path`, which is called `name`, ends. */
export async function endingOf(path: string, kind: Kind, name: string): Promise<Ending> {
  const file = await open(path, 'r');
  try {
    const { size: length } = await file.stat();
    const tail = Math.min(length, ZIP_END_BYTES + LONGEST_COMMENT);
    const [first, last] = [await readAt(file, 0, 100), await readAt(file, length - tail, tail)];
    return endingOfEnds(kind, name, { length, first, last });
  } finally {
    await file.close();
  }
}
