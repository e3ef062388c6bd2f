/**
 * Packs a folder as a producer does, in `.7z` or `.zip`, and leaves nothing of the
 * moment or of the machine in it: one thread, fixed times and modes, no owner.
 */
import { chmodSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { sevenZipProgram } from '../seven-zip-program.ts';
import { runTool } from '../tool.ts';

/** The modification time of every member: the clock must not show. */
const MEMBER_DATE = new Date(Date.UTC(2026, 2, 1));

function freeze(path: string): void {
  const folder = statSync(path).isDirectory();
  if (folder) for (const name of readdirSync(path)) freeze(join(path, name));
  chmodSync(path, folder ? 0o755 : 0o644);
  utimesSync(path, MEMBER_DATE, MEMBER_DATE);
}

/**
 * Moves everything in `folder` into the archive at `path`; `folder` itself is no
 * part of the member names, and is gone afterwards.
 * @throws PipelineError `ToolFailed` when 7-Zip is not there or fails.
 */
export async function packArchive(folder: string, path: string): Promise<void> {
  freeze(folder);
  const type = path.endsWith('.zip') ? 'zip' : '7z';
  const members = readdirSync(folder).sort();
  const options = ['-bd', '-bso0', `-t${type}`, '-mx=3', '-mmt=1', '-mtm=on', '-mtc=off', '-mta=off'];
  // A zip holds local times.
  await runTool(sevenZipProgram(), ['a', ...options, path, '--', ...members], {
    cwd: folder,
    env: { TZ: 'UTC' },
  });
  rmSync(folder, { recursive: true });
}
