/** `carto check-sources`: whether every producer is still at its address, by small requests. For cron. */
import { Command, Option } from 'commander';
import { PipelineError } from '../errors.ts';
import { checkSources, type Checked } from '../sources/producers/check.ts';
import { parseTerritoire, type Territoire } from '../sources/producers/territoire.ts';
import { downloaderIn, territoire } from './territoire-flags.ts';
import { counted } from './wording.ts';

interface CheckFlags {
  readonly departement: Territoire;
  readonly data: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Those that are not there, as an error: 1 when one has moved, 3 when all that is wrong may pass. */
function failureOf(checked: readonly Checked[]): PipelineError | null {
  const moved = checked.filter(({ verdict }) => verdict === 'moved');
  const silent = checked.filter(({ verdict }) => verdict === 'silent' || verdict === 'refused');
  const names = (list: readonly Checked[]): string => list.map(({ source }) => source).join(', ');
  if (moved.length > 0)
    return new PipelineError(
      'BadCatalogue',
      `${counted(moved.length, 'source')} moved or changed: ${names(moved)}`,
    );
  if (silent.length === 0) return null;
  return new PipelineError(
    'DownloadFailed',
    `${counted(silent.length, 'source')} did not answer, or refused to: ${names(silent)}`,
  );
}

async function runCheck(flags: CheckFlags): Promise<void> {
  const tell = ({ source, verdict, what }: Checked): void => {
    if (flags.json === true || (flags.quiet === true && verdict === 'there')) return;
    process.stdout.write(`${verdict.padEnd(7)}  ${source}: ${what}\n`);
  };
  const checked = await checkSources(downloaderIn(flags.data), flags.departement, tell);
  if (flags.json === true) process.stdout.write(`${JSON.stringify(checked)}\n`);
  const failure = failureOf(checked);
  if (failure !== null) throw failure;
}

export function checkSourcesCommand(): Command {
  return new Command('check-sources')
    .description('check by small requests that every producer is still at its address')
    .addOption(
      new Option('--departement <code>', 'the département that is asked for')
        .argParser(territoire)
        .default(parseTerritoire('21'), '21'),
    )
    .option('--data <folder>', 'where downloads and sources.lock.json are kept', 'data')
    .addHelpText(
      'after',
      `
Each is there, moved (or changed), refused to this machine, or silent.
Status: 0 when all are there, 1 when one has moved or changed, 3 when one refused or did not answer.

Example, every Monday at six, with a mail when something is wrong:
  0 6 * * 1  cd /srv/carto && npx carto check-sources --quiet`,
    )
    .action((_flags: unknown, command: Command) => runCheck(command.optsWithGlobals<CheckFlags>()));
}
