/** A file of a written example. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface FakeFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The editions that are served: the example is the newer one. */
export const EDITION = '2026-03-01';
export const EARLIER = '2025-12-01';

/** The file at `path` in the folder that holds the example's `sources.json`. */
export function exampleFile(folder: string, path: string): FakeFile {
  return { name: basename(path), bytes: readFileSync(join(folder, path)) };
}
