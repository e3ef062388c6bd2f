/**
 * A published tree in a folder, for Node. Reached from `src/node.ts` only, so that
 * the browser's bundle never meets a Node module. Refuses ranges that pass the end
 * of a file.
 */
/* eslint-disable no-restricted-imports -- the one source that needs Node; only src/node.ts imports it */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CartoError, type CartoErrorCode } from '../errors.ts';
import type { TreeSource } from './range.ts';

const CODES: ReadonlyMap<string, CartoErrorCode> = new Map<string, CartoErrorCode>([
  ['ENOENT', 'NotFound'],
  ['ENOTDIR', 'NotFound'],
  ['EISDIR', 'NotFound'],
  ['EACCES', 'AccessDenied'],
  ['EPERM', 'AccessDenied'],
]);

function failure(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CartoError || !('code' in error)) return error;
  const code = CODES.get(String(error.code)) ?? 'HostFault';
  const why = code === 'NotFound' ? 'no such file' : `cannot be read (${String(error.code)})`;
  return new CartoError(code, `${path}: ${why}`, { path }, error);
}

/** Rejects with a `CartoError` for whatever the file system refuses. */
async function attempt<T>(path: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw failure(path, error);
  }
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

async function readRange(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const end = offset + length;
    // Before anything is allocated: the length may come from a corrupt file.
    if (end > size) throw new CartoError('NotOurFile', `${path}: has ${size} bytes, not ${end}`, { path });
    const bytes = await readExactly(file, offset, length);
    if (bytes.length === length) return bytes;
    throw new CartoError('Truncated', `${path}: became shorter while it was read`, { path });
  } finally {
    await file.close();
  }
}

/** The tree in `folder`. */
export function fileTree(folder: string): TreeSource {
  return {
    base: join(folder, '/'),
    whole(path, signal) {
      const file = join(folder, path);
      return attempt(file, signal, async () => new Uint8Array(await readFile(file, { signal })));
    },
    range({ path }, offset, length, signal) {
      const file = join(folder, path);
      return attempt(file, signal, () => readRange(file, offset, length));
    },
  };
}
