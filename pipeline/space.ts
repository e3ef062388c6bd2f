/** Whether the disk has room, asked before it is needed, and said in words when it has not. */
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { messageOf, PipelineError, type Where } from './errors.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** `6.8 GB`: a size for people. */
export function inWords(bytes: number): string {
  const unit = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const number = bytes / 1000 ** unit;
  return `${unit === 0 || number >= 100 ? number.toFixed(0) : number.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

/** What may still be written below `folder`. */
async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** What is to be written and where. */
export interface Need {
  readonly folder: string;
  readonly bytes: number;
  /** Free bytes to leave. */
  readonly spare: number;
  /** `to download 12 files`. */
  readonly what: string;
}

/** @throws PipelineError `SystemFailed` that says what is needed and what is free. */
export async function assertSpace({ folder, bytes, spare, what }: Need, where: Where = {}): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const free = await freeBytes(folder);
  if (bytes + spare <= free) return;
  const needed = `${inWords(bytes)} are needed ${what}, and ${inWords(spare)} are left free`;
  throw new PipelineError(
    'SystemFailed',
    `no room in ${folder}: ${needed}; ${inWords(free)} are there`,
    where,
  );
}

const FULL = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'files may not be that large here'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'no permission to write'],
]);

/** What a failed write in `folder` means: a disk is no trouble that another attempt would mend. */
export function diskFailure(error: unknown, folder: string, where: Where): PipelineError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = FULL.get(code) ?? 'the system refuses';
  return new PipelineError('SystemFailed', `${why} in ${folder}: ${messageOf(error)}`, where, error);
}
