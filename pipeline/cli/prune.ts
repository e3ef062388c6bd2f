/** `carto prune`: removes downloads of editions that are no longer announced for a territoire. Nothing published is touched. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { DEFAULT_WORK } from '../build/build.ts';
import { lock } from '../build/lock.ts';
import { keepLocked, readLock, Store, type Pruned } from '../download/index.ts';
import { filesOf, planTerritoire } from '../sources/producers/plan.ts';
import { inWords } from '../space.ts';
import {
  downloaderIn,
  keptIn,
  LAST_BUILT,
  requestOf,
  withTerritoire,
  type TerritoireFlags,
} from './territoire-flags.ts';
import { counted } from './wording.ts';

interface PruneFlags extends TerritoireFlags {
  readonly work: string;
}

interface Outcome extends Pruned {
  /** Names that the lock file no longer has. */
  readonly forgotten: readonly string[];
}

async function prune(flags: PruneFlags): Promise<Outcome> {
  const kept = keptIn(flags.data);
  const plan = await planTerritoire(downloaderIn(flags.data), requestOf(flags));
  const forgotten = keepLocked(kept.lock, new Set(filesOf(plan).map(({ name }) => name)));
  // Second names of the same bytes; the next build makes them anew.
  rmSync(join(flags.work, 'sources'), { recursive: true, force: true });
  const locked = [...readLock(kept.lock).values()].map(({ sha256 }) => sha256);
  return { forgotten, ...new Store(kept.store).prune(new Set(locked)) };
}

async function runPrune(flags: PruneFlags): Promise<void> {
  const release = lock(flags.work);
  try {
    const outcome = await prune(flags);
    if (flags.json === true) process.stdout.write(`${JSON.stringify(outcome)}\n`);
    else if (flags.quiet !== true)
      process.stdout.write(`${counted(outcome.files, 'file')} removed, ${inWords(outcome.bytes)}\n`);
  } finally {
    release();
  }
}

export function pruneCommand(): Command {
  const command = new Command('prune').description(
    'remove downloads that are no longer announced for a territoire, and forget them in sources.lock.json',
  );
  return withTerritoire(command, LAST_BUILT)
    .option('--work <folder>', 'where finished steps are kept between builds', DEFAULT_WORK)
    .addHelpText('after', '\nExample:\n  carto prune --territoire 21')
    .action((_flags: unknown, own: Command) => runPrune(own.optsWithGlobals<PruneFlags>()));
}
