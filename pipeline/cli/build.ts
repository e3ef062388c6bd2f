/** `carto build`: from a sources file, or the example territory, to a published tree. */
import { Command, Option } from 'commander';
import { build, DEFAULT_WORK, type BuildResult } from '../build/build.ts';
import { describeBuild } from './build-summary.ts';
import { exampleSources } from './example-sources.ts';
import { showProgress } from './progress.ts';

interface BuildFlags {
  readonly sources?: string;
  readonly dir: string;
  readonly work: string;
  readonly codesPostaux?: 'npm' | 'laposte';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

async function runBuild(flags: BuildFlags): Promise<void> {
  const progress = showProgress(flags);
  let result: BuildResult;
  try {
    const writing = (): void => {
      progress.step('write the example territory');
    };
    const sources = flags.sources ?? (await exampleSources(flags.work, writing));
    const { dir: directory, work, codesPostaux } = flags;
    const table = codesPostaux === undefined ? {} : { codesPostaux };
    result = await build({ sources, directory, work, ...table, onStep: progress.step });
  } finally {
    progress.end();
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify(jsonOf(result, flags.dir))}\n`);
  else if (flags.quiet !== true) process.stdout.write(describeBuild(result, flags.dir));
}

function jsonOf({ changed, manifest, report, catalogueBytes }: BuildResult, directory: string): unknown {
  return { changed, directory, territory: manifest.territory, catalogueBytes, layers: report.layers };
}

export function buildCommand(): Command {
  return new Command('build')
    .description('build the static files from the producers’ sources')
    .option('--sources <file>', 'which sources make the territory (without it: the example territory)')
    .option('--dir <folder>', 'where the files are published', 'dist')
    .option('--work <folder>', 'where finished steps are kept between builds', DEFAULT_WORK)
    .addOption(
      new Option('--codes-postaux <table>', 'which table of postal codes answers').choices([
        'npm',
        'laposte',
      ]),
    )
    .addHelpText(
      'after',
      `
Examples:
  carto build                                      the example territory, offline
  carto build --sources data/extracts.sources.json
  carto build --sources mine.json --dir /srv/carto --codes-postaux laposte`,
    )
    .action((_flags: unknown, command: Command) => runBuild(command.optsWithGlobals<BuildFlags>()));
}
