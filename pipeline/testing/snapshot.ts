/** Everything that can be told of a folder's files, to see whether anything was touched. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The hash of each file by its path. */
export function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesIn(folder).map((path) => [
      relative(folder, path),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}

/** The hash, the inode and the time of the last change of each file by its path. */
export function snapshot(folder: string): Record<string, string> {
  const entries = Object.entries(contents(folder)).map(([path, hash]) => {
    const { ino, mtimeNs } = statSync(join(folder, path), { bigint: true });
    return [path, `${hash} ${ino} ${mtimeNs}`];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
