/**
 * The command line: plan, build, update, prune, check-sources, query, serve, verify. Whatever
 * goes wrong ends in one line on standard error and a status: 1 for a failure, 2 for a
 * command that was misused, 3 where a producer did not answer.
 */
import { Command, CommanderError } from 'commander';
import { ownIdentity } from '../identity.ts';
import { assertGdalLoads } from './gdal-loads.ts';
import { exitCodeOf, reportFailure } from './output.ts';
import { queryCommand } from './query.ts';
import { serveCommand } from './serve.ts';

/**
 * Commands that need GDAL, which takes a while to load and may not be installed where a
 * tree is only asked or served: they are loaded when they are called.
 */
const HEAVY: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  build: {
    summary: 'build the static files from the producers’ sources',
    load: async () => (await import('./build.ts')).buildCommand(),
  },
  plan: {
    summary: 'list what would be fetched for a territoire, from where and how big',
    load: async () => (await import('./plan.ts')).planCommand(),
  },
  update: {
    summary: 'accept what producers have changed under the same name into sources.lock.json',
    load: async () => (await import('./update.ts')).updateCommand(),
  },
  prune: {
    summary: 'remove downloads that are no longer announced for a territoire',
    load: async () => (await import('./prune.ts')).pruneCommand(),
  },
  'check-sources': {
    summary: 'check by small requests that every producer is still at its address',
    load: async () => (await import('./check-sources.ts')).checkSourcesCommand(),
  },
  verify: {
    summary: 'check every published file from its bytes, and every feature through its index',
    load: async () => (await import('./verify.ts')).verifyCommand(),
  },
};

async function heavyCommand(name: string, argv: readonly string[]): Promise<Command> {
  const heavy = HEAVY[name];
  if (heavy !== undefined && argv.includes(name)) {
    assertGdalLoads();
    return heavy.load();
  }
  return new Command(name).description(heavy?.summary ?? '');
}

async function program(argv: readonly string[]): Promise<Command> {
  const carto = new Command('carto')
    .description('API Carto’s questions answered from static files')
    .option('--json', 'write errors, and results that are not JSON already, as JSON')
    .option('--quiet', 'write nothing but results and errors')
    .version(ownIdentity().version, '--version', 'write the version')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(true)
    .exitOverride()
    // `main` writes errors, so that each is one line whatever raised it.
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      'after',
      `
Examples:
  carto build                                             the example territory, into dist/
  carto plan --territoire 21                              what its producers announce
  carto build --territoire 21                             from the producers, into dist/
  carto query codes-postaux/communes --where codePostal=21700
  carto query cadastre/parcelle --geom '{"type":"Point","coordinates":[4.985,47.05]}'
  carto serve                                             dist/ on a free port of this machine`,
    );
  const commands = [
    await heavyCommand('plan', argv),
    await heavyCommand('build', argv),
    await heavyCommand('update', argv),
    await heavyCommand('prune', argv),
    await heavyCommand('check-sources', argv),
    queryCommand(),
    serveCommand(),
    await heavyCommand('verify', argv),
  ];
  for (const command of commands) carto.addCommand(command.copyInheritedSettings(carto));
  return carto;
}

/** Commander has written its help already, and says the rest by its message. */
function handleCommander(error: CommanderError, json: boolean): number {
  if (error.exitCode === 0) return 0;
  const isHelp = error.code === 'commander.help';
  if (!isHelp) reportFailure({ code: 'Usage', message: error.message.replace(/^error: /, '') }, json);
  return 2;
}

/** Runs the command in `argv`, and gives the status to exit with. */
export async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  try {
    await (await program(argv)).parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return handleCommander(error, json);
    reportFailure(error, json);
    return exitCodeOf(error);
  }
}
