/**
 * Reads a gzip file to its end, for nothing but its truth: GDAL, which reads it afterwards,
 * gives what comes before a cut as if it were all.
 */
import { createReadStream, statSync } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { located, messageOf, PipelineError } from '../errors.ts';
import { ceilingOf, LIMITS } from './archive-guard.ts';

function refusal(what: string, source: string, member: string, cause?: unknown): PipelineError {
  return new PipelineError('BadArchive', `damaged gzip: ${what}`, { source, member }, cause);
}

/**
 * Checks the file at `path`: whole members one after the other (several make one file), right
 * checksums, nothing behind them, and no more in them than there honestly could be.
 * @throws PipelineError `BadArchive`.
 */
export async function checkGzip(
  path: string,
  source: string,
  member: string,
  limits = LIMITS,
): Promise<void> {
  const { size } = statSync(path);
  const ceiling = ceilingOf(size, limits);
  const gunzip = createGunzip();
  let bytes = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      bytes += chunk.length;
      done(bytes > ceiling ? new Error(`${size} bytes that unpack to more than ${ceiling}`) : null);
    },
  });
  try {
    await pipeline(createReadStream(path), gunzip, count);
  } catch (error) {
    // The system's errors are not the file's.
    if (error instanceof Error && 'syscall' in error) throw located(error, `cannot read ${path}`);
    throw refusal(messageOf(error), source, member, error);
  }
  if (gunzip.bytesWritten !== size) {
    throw refusal(`${size - gunzip.bytesWritten} bytes behind its end`, source, member);
  }
}
