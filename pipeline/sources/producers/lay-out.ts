/** Files of the store under their producers' names: links, so that nothing is there twice. */
import { copyFileSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Downloaded } from '../../download/index.ts';

function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Another disk, or one that knows no links.
    copyFileSync(from, to);
  }
}

/** Makes `folder` hold exactly `files`. */
export function layOut(folder: string, files: readonly Downloaded[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { path, wanted } of files) link(path, join(folder, wanted.name));
}
