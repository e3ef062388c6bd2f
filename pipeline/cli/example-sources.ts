/** The example territory's sources, written once: again only when the code that writes them has changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFingerprint } from '../build/fingerprint.ts';
import { writeExample } from '../example/index.ts';

/** Read by the build like any producer's files. */
const FOLDER = join('data', 'example');

/**
 * The path of the example's sources file; its stamp is kept in `work`.
 * @throws PipelineError when the folder holds something else, or a tool fails.
 */
export async function exampleSources(work: string, onWrite: () => void): Promise<string> {
  const stamp = join(work, 'example.sha256');
  const sources = join(FOLDER, 'sources.json');
  const fingerprint = exampleFingerprint();
  if (existsSync(sources) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return sources;
  // Gone until the example is whole: a stamp vouches for what it stands beside.
  rmSync(stamp, { force: true });
  onWrite();
  await writeExample(FOLDER);
  mkdirSync(work, { recursive: true });
  writeFileSync(stamp, fingerprint);
  return sources;
}
