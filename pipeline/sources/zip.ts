/**
 * Extracts a zip archive that nobody vouches for: refuses names that climb out,
 * links, names that differ by case only, sizes that lie and wrong checksums.
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { messageOf, PipelineError } from '../errors.ts';

/** The file type bits of a Unix mode, kept by zip in the upper half of the attributes. */
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK;
}

/** Passes bytes through and throws at the end when their checksum is another. */
function checkCrc(entry: Entry): Transform {
  let crc = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
    flush(done): void {
      done(crc === entry.crc32 ? null : new Error(`wrong CRC of ${entry.fileName}`));
    },
  });
}

/** Refuses an entry that could write elsewhere, or over another one. */
function assertSafe(entry: Entry, seen: Set<string>): void {
  if (isLink(entry)) throw new Error(`${entry.fileName} is a link`);
  const folded = entry.fileName.normalize('NFC').toLowerCase();
  if (seen.has(folded)) throw new Error(`${entry.fileName} stands twice`);
  seen.add(folded);
}

async function extractEntry(zip: ZipFile, entry: Entry, directory: string): Promise<void> {
  const target = join(directory, entry.fileName);
  mkdirSync(dirname(target), { recursive: true });
  const stream: Readable = await zip.openReadStreamPromise(entry);
  await pipeline(stream, checkCrc(entry), createWriteStream(target, { mode: 0o644 }));
}

/** How many files were written. */
async function extractAll(path: string, directory: string): Promise<number> {
  const zip = await yauzl.openPromise(path, { autoClose: false });
  const seen = new Set<string>();
  let files = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      assertSafe(entry, seen);
      if (entry.fileName.endsWith('/')) continue;
      await extractEntry(zip, entry, directory);
      files += 1;
    }
  } finally {
    zip.close();
  }
  return files;
}

/**
 * Extracts the archive at `path` into `directory`, which is empty.
 * @throws PipelineError `BadArchive` when the archive is empty, damaged or hostile.
 */
export async function extractZip(path: string, directory: string, source: string): Promise<void> {
  let files: number;
  try {
    files = await extractAll(path, directory);
  } catch (error) {
    throw new PipelineError('BadArchive', `unsafe or damaged zip: ${messageOf(error)}`, { source }, error);
  }
  if (files === 0) throw new PipelineError('BadArchive', 'the zip holds no file', { source });
}
