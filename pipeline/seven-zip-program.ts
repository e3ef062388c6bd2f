/** What 7-Zip's program is called on this machine. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * `7zz`, as its author and Debian 12 name it, or else `7z`, as Debian 13 does; `7zz` where there is
 * neither. Which of them are 7-Zip (p7zip has a `7z` too) is for `make setup` to find out.
 * @param path - the folders to look in, as in `PATH`.
 */
export function sevenZipProgram(path = process.env['PATH'] ?? ''): '7zz' | '7z' {
  const folders = path.split(delimiter);
  const has = (name: string): boolean => folders.some((folder) => isProgram(join(folder, name)));
  return !has('7zz') && has('7z') ? '7z' : '7zz';
}
