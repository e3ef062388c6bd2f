/**
 * Files of the store under their own names, in a folder of their own: what 7-Zip and GDAL
 * know by its ending, and volumes and members that must lie side by side.
 */
import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { located } from '../errors.ts';
import type { Downloaded } from './wanted.ts';

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Another disk, or one without links.
    copyFileSync(from, to);
  }
}

/**
 * Makes `folder` hold exactly `files` under the names that are wanted, and gives its path. Links
 * where the disk has them: nothing is written twice, and nothing may be written into them.
 * @throws PipelineError `SystemFailed`.
 */
export function layOut(folder: string, files: readonly Downloaded[]): string {
  const target = resolve(folder);
  const aside = join(dirname(target), `.${basename(target)}.tmp-${process.pid}`);
  try {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    for (const { wanted, path } of files) linkOrCopy(path, join(aside, wanted.name));
    rmSync(target, { recursive: true, force: true });
    renameSync(aside, target);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw located(error, `cannot lay files out in ${target}`);
  }
  return target;
}
