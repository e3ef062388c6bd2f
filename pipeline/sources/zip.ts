/**
 * Extracts a zip archive that nobody vouches for: judged whole by its directory, then held to
 * what that says, sizes and checksums included.
 */
import { createWriteStream, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { assertSpace, diskFailure } from '../space.ts';
import { messageOf, PipelineError } from '../errors.ts';
import {
  assertHarmless,
  LIMITS,
  type EntryType,
  type ExtractionLimits,
  type Inside,
} from './archive-guard.ts';
import { nameOf } from './zip-names.ts';

/** The file type bits of a Unix mode, kept by zip in the upper half of the attributes. */
const FILE_TYPE = 0o170000;
const TYPES = new Map<number, EntryType>([
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
]);

interface ZipEntry {
  readonly entry: Entry;
  readonly inside: Inside;
}

function typeOf(entry: Entry, path: string): EntryType {
  const bits = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  const type = bits === 0 ? 'file' : (TYPES.get(bits) ?? 'other');
  return type === 'file' && path.endsWith('/') ? 'folder' : type;
}

function unreadable(entry: Entry): string | null {
  if (entry.isEncrypted()) return 'is encrypted';
  if (entry.canDecodeFileData()) return null;
  return `is compressed by method ${entry.compressionMethod}, which is not read here`;
}

async function listEntries(zip: ZipFile): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const path = nameOf(entry);
    const type = typeOf(entry, path);
    entries.push({
      entry,
      inside: { path, type, bytes: entry.uncompressedSize, unreadable: unreadable(entry) },
    });
  }
  return entries;
}

/** Passes bytes through and throws at the end when their checksum is another. */
function checkCrc(entry: Entry, path: string): Transform {
  let crc = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
    flush(done): void {
      done(crc === entry.crc32 ? null : new Error(`wrong CRC of ${path}`));
    },
  });
}

async function extractEntry(zip: ZipFile, { entry, inside }: ZipEntry, directory: string): Promise<void> {
  const target = join(directory, inside.path);
  mkdirSync(dirname(target), { recursive: true });
  const stream: Readable = await zip.openReadStreamPromise(entry);
  await pipeline(stream, checkCrc(entry, inside.path), createWriteStream(target, { mode: 0o644 }));
}

interface Extraction {
  readonly path: string;
  readonly directory: string;
  readonly source: string;
  readonly limits: ExtractionLimits;
}

/** How many files were written. */
async function extractAll({ path, directory, source, limits }: Extraction): Promise<number> {
  const zip = await yauzl.openPromise(path, { autoClose: false, decodeStrings: false });
  try {
    const entries = await listEntries(zip);
    const insides = entries.map(({ inside }) => inside);
    const bytes = assertHarmless(insides, statSync(path).size, limits);
    const need = { folder: directory, bytes, spare: limits.spareBytes, what: 'to unpack it' };
    await assertSpace(need, { source });
    const files = entries.filter(({ inside }) => inside.type === 'file');
    for (const file of files) await extractEntry(zip, file, directory);
    return files.length;
  } finally {
    zip.close();
  }
}

/**
 * Extracts the archive at `path` into `directory`, which is empty.
 * @throws PipelineError `BadArchive` when the archive is empty, damaged or hostile, `SystemFailed`
 *   when there is no room for it.
 */
export async function extractZip(
  path: string,
  directory: string,
  source: string,
  limits = LIMITS,
): Promise<void> {
  let files: number;
  try {
    files = await extractAll({ path, directory, source, limits });
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    if (error instanceof Error && 'syscall' in error) throw diskFailure(error, directory, { source });
    throw new PipelineError('BadArchive', `unsafe or damaged zip: ${messageOf(error)}`, { source }, error);
  }
  if (files === 0) throw new PipelineError('BadArchive', 'the zip holds no file', { source });
}
