/** What an extraction has left, looked at as it lies on the disk: plain files in plain folders. */
import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Gives every file and folder below `directory` its plain mode.
 * @throws Error when anything there is neither: a link, a device, a pipe.
 */
export function settle(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const stat = lstatSync(path);
    if (stat.isFile()) chmodSync(path, 0o644);
    else if (stat.isDirectory()) chmodSync(path, 0o755);
    else throw new Error(`${relative(directory, path)} is neither a file nor a folder`);
  }
}
