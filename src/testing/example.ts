/** The example territory, built from its producers' files into a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../pipeline/build/build.ts';
import { writeExample } from '../../pipeline/example/index.ts';

export interface BuiltExample {
  /** Of the tree. */
  readonly directory: string;
  readonly remove: () => void;
}

/** Half a minute of work: once for all that a file tests. */
export async function buildExample(): Promise<BuiltExample> {
  const root = mkdtempSync(join(tmpdir(), 'carto-example-'));
  const directory = join(root, 'dist');
  const { sources } = await writeExample(join(root, 'example'));
  await build({ sources, directory, work: join(root, 'work') });
  return {
    directory,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
