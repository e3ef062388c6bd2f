/** `carto build`: from a territoire, a sources file, or the example territory, to a published tree. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../../src/query/nearest.ts';
import { build, DEFAULT_WORK, type BuildResult, type SourcesGiven } from '../build/build.ts';
import { namesOfLosses, type Accepted } from '../build/loss.ts';
import { makeSite } from '../site/site.ts';
import { describeBuild } from './build-summary.ts';
import { exampleSources } from './example-sources.ts';
import { fetchTerritoire } from './fetch-territoire.ts';
import { showProgress, type Progress } from './progress.ts';
import { withTerritoire, type TerritoireFlags } from './territoire-flags.ts';

interface BuildFlags extends TerritoireFlags {
  readonly sources?: string;
  readonly dir: string;
  readonly work: string;
  readonly codesPostaux?: 'npm' | 'laposte';
  readonly acceptDrops?: Accepted;
}

async function sourcesOf(flags: BuildFlags, progress: Progress): Promise<SourcesGiven> {
  const { territoire, sources, work } = flags;
  if (territoire !== undefined) return () => fetchTerritoire(flags);
  const writing = (): void => {
    progress.step('write the example territory');
  };
  return sources ?? exampleSources(work, writing);
}

async function runBuild(flags: BuildFlags): Promise<void> {
  const progress = showProgress(flags);
  let result: BuildResult;
  try {
    const sources = await sourcesOf(flags, progress);
    const { dir: directory, work, codesPostaux, acceptDrops = [] } = flags;
    const table = codesPostaux === undefined ? {} : { codesPostaux };
    result = await build({
      sources,
      directory,
      work,
      ...table,
      acceptDrops,
      site: makeSite,
      onStep: progress.step,
    });
  } finally {
    progress.end();
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify(jsonOf(result, flags.dir))}\n`);
  else if (flags.quiet !== true) process.stdout.write(describeBuild(result, flags.dir));
}

/** @throws InvalidArgumentError for a name that no loss has. */
function acceptedDrops(list: string): Accepted {
  if (list === 'all') return list;
  const known = namesOfLosses();
  return list.split(',').map((item) => {
    const name = item.trim();
    if (known.includes(name)) return name;
    const meant = nearest(name, known);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    throw new InvalidArgumentError(`no layer nor layer:field ${JSON.stringify(name)}${hint}`);
  });
}

function jsonOf(result: BuildResult, directory: string): unknown {
  const { changed, manifest, report, catalogueBytes, changes, uncompared } = result;
  const { territory } = manifest;
  return { changed, directory, territory, catalogueBytes, layers: report.layers, changes, uncompared };
}

export function buildCommand(): Command {
  const command = new Command('build').description('build the static files from the producers’ sources');
  const ofFile = 'a file that names the sources; without it or --territoire: the example territory';
  return withTerritoire(command, 'what --sources names, or the example')
    .addOption(new Option('--sources <file>', ofFile).conflicts('territoire'))
    .option('--dir <folder>', 'where the files are published', 'dist')
    .option('--work <folder>', 'where finished steps are kept between builds', DEFAULT_WORK)
    .addOption(
      new Option('--codes-postaux <table>', 'which table of postal codes answers').choices([
        'npm',
        'laposte',
      ]),
    )
    .option(
      '--accept-drops <layers>',
      'what may be lost since what is published, comma-separated: features of a layer, values of layer:field; or all',
      acceptedDrops,
    )
    .addHelpText(
      'after',
      `
Examples:
  carto build                                      the example territory, offline
  carto build --territoire 21,974                  from the producers, by the internet
  carto build --sources mine.json                  from files that are here: docs/sources.md
  carto build --sources mine.json --dir /srv/carto --codes-postaux laposte`,
    )
    .action((_flags: unknown, command: Command) => runBuild(command.optsWithGlobals<BuildFlags>()));
}
