/** `carto update`: takes what producers have changed under the same name into sources.lock.json; builds nothing. */
import { Command } from 'commander';
import { showDownloads, type Change } from '../download/index.ts';
import { chooseSources } from '../sources/producers/choose.ts';
import { filesOf, planTerritoire } from '../sources/producers/plan.ts';
import {
  downloaderIn,
  LAST_BUILT,
  requestOf,
  withTerritoire,
  type TerritoireFlags,
} from './territoire-flags.ts';

function sideOf({ edition, length, sha256, licence }: Change['found']): string {
  const size = length === null ? null : `${length} bytes`;
  const parts = [edition, size, sha256?.slice(0, 16) ?? null, licence];
  return parts.filter((part) => part !== null).join(', ');
}

function inWords({ name, locked, found }: Change): string {
  return `${name}: was ${sideOf(locked)}; is ${sideOf(found)}`;
}

/** Downloads what `names` name, and gives what was accepted on the way. */
async function fetchAccepting(names: readonly string[], flags: TerritoireFlags): Promise<Change[]> {
  const accepted = new Map<string, Change>();
  const progress = showDownloads(flags);
  try {
    const downloader = downloaderIn(flags.data, {
      onProgress: progress.onProgress,
      // Told twice of one change, before and after the download: the later one knows more.
      accept: (change) => accepted.set(change.name, change).size > 0,
    });
    const plan = chooseSources(await planTerritoire(downloader, requestOf(flags)), names);
    await downloader.fetchAll(filesOf(plan));
  } finally {
    progress.end();
  }
  return [...accepted.values()];
}

async function runUpdate(names: readonly string[], flags: TerritoireFlags): Promise<void> {
  const changes = await fetchAccepting(names, flags);
  const text = changes.length === 0 ? 'Nothing has changed.' : changes.map(inWords).join('\n');
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ accepted: changes })}\n`);
  else if (flags.quiet !== true) process.stdout.write(`${text}\n`);
}

export function updateCommand(): Command {
  const command = new Command('update')
    .description('accept what producers have changed under the same name into sources.lock.json')
    .argument('[source...]', 'sources, as carto plan names them, or the beginning of it; all without it');
  return withTerritoire(command, LAST_BUILT)
    .addHelpText(
      'after',
      `
Examples:
  carto update                                             what was built last, every source of it
  carto update --territoire 21,974 gpu codes-postaux/laposte`,
    )
    .action((names: readonly string[], _flags: unknown, own: Command) =>
      runUpdate(names, own.optsWithGlobals<TerritoireFlags>()),
    );
}
