/** One build at a time in a work folder: a lock file with the builder's process number. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineError } from '../errors.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

/** Gives `own` the name `path` too, or writes it where the disk knows no second names. */
function link(own: string, path: string): void {
  try {
    linkSync(own, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  }
}

/** Creates the lock, with its number in it from its first moment; `false` when it exists. */
function create(path: string): boolean {
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, String(process.pid));
    link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Takes the lock of `folder` and gives what releases it; a lock whose process is gone is taken over.
 * @throws PipelineError `Busy` while another build runs.
 */
export function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  if (!create(path)) {
    const pid = Number(readFileSync(path, 'utf8'));
    // Written in two moves where there are no links: empty, its builder has just started, or was killed in between.
    if (pid === 0)
      throw new PipelineError('Busy', `${path} names no process; remove it if no build is running`);
    if (isAlive(pid))
      throw new PipelineError('Busy', `another build (process ${pid}) is at work in ${folder}`);
    rmSync(path, { force: true });
    if (!create(path)) throw new PipelineError('Busy', `another build has just started in ${folder}`);
  }
  return () => {
    rmSync(path, { force: true });
  };
}
