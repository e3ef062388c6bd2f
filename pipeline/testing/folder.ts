/** Temporary folders for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export interface TestFolder {
  /** An absolute path in the folder of the running test; the folders above it are made. */
  path(...names: string[]): string;
  /** Writes a file there, and gives its path. */
  write(name: string, content: string | Uint8Array): string;
}

/** Gives each test of the file, or of the suite that calls this, an empty folder of its own. */
export function useFolder(): TestFolder {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'carto-test-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const path = (...names: string[]): string => {
    const absolute = join(root, ...names);
    mkdirSync(dirname(absolute), { recursive: true });
    return absolute;
  };
  return {
    path,
    write(name, content) {
      const file = path(name);
      writeFileSync(file, content);
      return file;
    },
  };
}
