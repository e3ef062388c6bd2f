/**
 * `fetchAll` as a process of its own, which a test can kill: the options and what is wanted as
 * JSON in its argument, a line for every progress, `done` at the end.
 */
import { createDownloader } from '../../download/index.ts';
import type { Wanted } from '../../download/wanted.ts';

export interface ChildTask {
  readonly store: string;
  readonly lock: string;
  readonly origins: readonly (readonly [string, string])[];
  readonly wanted: readonly Wanted[];
}

const { store, lock, origins, wanted } = JSON.parse(process.argv[2] ?? '') as ChildTask;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  const onProgress = ({ name, state }: { name: string; state: string }): void => {
    say(`${state} ${name}`);
  };
  const options = { store, lock, origins: new Map(origins), perSecond: 1000, onProgress };
  await createDownloader(options, { spareBytes: 0 }).fetchAll(wanted);
  say('done');
} catch (error) {
  say((error as Error).message);
  process.exitCode = 1;
}
