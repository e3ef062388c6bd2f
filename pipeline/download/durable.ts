/** Files that are whole or not there, and stay so when the power goes. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { located } from '../errors.ts';

/** From the system's memory to the disk: a file, or a folder with the names in it. */
export function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives the complete file at `aside` its name; both lie on one disk. */
export function putInPlace(aside: string, target: string): void {
  flush(aside);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(aside, target);
  flush(dirname(target));
}

/**
 * Writes `text` to `target`, which is the old one or the new one at any moment.
 * @throws PipelineError `SystemFailed`.
 */
export function writeDurably(target: string, text: string): void {
  const aside = `${target}.tmp-${process.pid}`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(aside, text);
    putInPlace(aside, target);
  } catch (error) {
    rmSync(aside, { force: true });
    throw located(error, `cannot write ${target}`);
  }
}
