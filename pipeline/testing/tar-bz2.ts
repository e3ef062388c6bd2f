/** Archives as EDIGEO's sheets come. */
import { execFileSync } from 'node:child_process';
import { sevenZipProgram } from '../seven-zip-program.ts';

/**
 * Writes a `.tar.bz2` to `path`, which is not there yet: `args` are tar's, members of `folder` last.
 * 7-Zip compresses it, for tar would call bzip2, which not every machine has.
 */
export function writeTarBz2(path: string, folder: string, ...args: readonly string[]): void {
  const input = execFileSync('tar', ['-P', '-cf', '-', '-C', folder, ...args], { maxBuffer: Infinity });
  execFileSync(sevenZipProgram(), ['a', '-bso0', '-bsp0', '-tbzip2', '-si', path], { input });
}
