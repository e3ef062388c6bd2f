/** `carto build`: from a sources file, or the example territory, to a published tree. */
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { build, DEFAULT_WORK, type BuildResult } from '../build/build.ts';
import { writeExample } from '../example/index.ts';
import { describeBuild } from './build-summary.ts';
import { showProgress } from './progress.ts';

interface BuildFlags {
  readonly sources?: string;
  readonly dir: string;
  readonly work: string;
  readonly codesPostaux?: 'npm' | 'laposte';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Where the example's sources are written: read by the build like any producer's. */
const EXAMPLE = join('data', 'example');

async function runBuild(flags: BuildFlags): Promise<void> {
  const progress = showProgress(flags);
  let result: BuildResult;
  try {
    if (flags.sources === undefined) progress.step('write the example territory');
    const sources = flags.sources ?? (await writeExample(EXAMPLE)).sources;
    const { dir: directory, work, codesPostaux } = flags;
    const table = codesPostaux === undefined ? {} : { codesPostaux };
    result = await build({ sources, directory, work, ...table, onStep: progress.step });
  } finally {
    progress.end();
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify(jsonOf(result, flags.dir))}\n`);
  else if (flags.quiet !== true) process.stdout.write(describeBuild(result, flags.dir));
}

function jsonOf({ changed, catalogue, report }: BuildResult, directory: string): unknown {
  return { changed, directory, territory: catalogue.territory, layers: report.layers };
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
