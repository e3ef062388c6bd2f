/** What the commands that deal with producers have in common: which territoire, which sources, and where files are kept. */
import { join } from 'node:path';
import { CommanderError, InvalidArgumentError, Option, type Command } from 'commander';
import type { ModuleName } from '../../src/format/catalogue.ts';
import { nearest } from '../../src/query/nearest.ts';
import { createDownloader, type Downloader, type DownloadOptions } from '../download/index.ts';
import { messageOf } from '../errors.ts';
import { HOSTS } from '../sources/producers/addresses.ts';
import { MODULES, type PlanRequest } from '../sources/producers/plan.ts';
import { parseTerritoire, type Territoire } from '../sources/producers/territoire.ts';
import { recall } from './last-territoire.ts';

export interface TerritoireFlags {
  /** Without it, what was built last. */
  readonly territoire?: Territoire;
  readonly modules: readonly ModuleName[];
  readonly cadastre: 'ign' | 'etalab';
  readonly bdParcellaire?: boolean;
  readonly data: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** For an option: what commander calls a wrong argument where it names no département. */
export function territoire(value: string): Territoire {
  try {
    return parseTerritoire(value);
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}

function moduleList(value: string): ModuleName[] {
  return value.split(',').map((name) => {
    const known = MODULES.find((one) => one === name.trim());
    if (known !== undefined) return known;
    const meant = nearest(name, MODULES);
    const hint = meant === undefined ? `they are ${MODULES.join(', ')}` : `did you mean ${meant}?`;
    throw new InvalidArgumentError(`no module ${JSON.stringify(name)}; ${hint}`);
  });
}

/** Options that say which of the producers' sources are meant; `otherwise`: what is taken without a territoire. */
export function withTerritoire(command: Command, otherwise: string): Command {
  const codes = `départements, such as 21,2A,974, or france; otherwise ${otherwise}`;
  return command
    .addOption(new Option('--territoire <codes>', codes).argParser(territoire))
    .addOption(
      new Option('--modules <names>', `which modules of API Carto: ${MODULES.join(',')}`)
        .argParser(moduleList)
        .default(MODULES, 'all'),
    )
    .addOption(new Option('--cadastre <whose>', 'whose cadastre').choices(['ign', 'etalab']).default('ign'))
    .option('--bd-parcellaire', 'IGN’s BD Parcellaire, stopped in 2018, besides')
    .option('--data <folder>', 'where downloads and sources.lock.json are kept', 'data');
}

/** For `withTerritoire`. */
export const LAST_BUILT = 'what was built last, options and all';

function misuse(message: string): CommanderError {
  return new CommanderError(2, 'carto.territoire', message);
}

/**
 * What the flags ask for; without a territoire, what was built last.
 * @throws CommanderError when nothing was, or when other flags say that something else is meant.
 */
export function requestOf(flags: TerritoireFlags): PlanRequest {
  const { territoire: asked, modules, cadastre, bdParcellaire, data } = flags;
  if (asked !== undefined)
    return { territoire: asked, modules, cadastre, bdParcellaire: bdParcellaire === true };
  // Otherwise they would be heard by nobody.
  const isMore = modules !== MODULES || cadastre !== 'ign' || bdParcellaire !== undefined;
  if (isMore) throw misuse('--modules, --cadastre and --bd-parcellaire go with --territoire');
  const last = recall(data);
  if (last !== null) return last;
  throw misuse(`--territoire is missing, and the folder ${data} remembers no build from producers`);
}

/** Where files of producers are kept. */
export function keptIn(data: string): { readonly store: string; readonly lock: string } {
  return { store: join(data, 'downloads'), lock: join(data, 'sources.lock.json') };
}

/**
 * For tests: `CARTO_UPSTREAM=http://127.0.0.1:1234` sends the requests for every producer there. Only to
 * this machine, so that no setting left behind can bring data from elsewhere.
 */
export function testOrigins(): { readonly origins?: ReadonlyMap<string, string> } {
  const upstream = process.env['CARTO_UPSTREAM'];
  if (upstream === undefined) return {};
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(upstream))
    throw new Error('CARTO_UPSTREAM: for tests, on 127.0.0.1 alone');
  return { origins: new Map(HOSTS.map((host) => [`https://${host}`, `${upstream}/${host}`])) };
}

/** A downloader that keeps what it fetches in the folder `data`. */
export function downloaderIn(
  data: string,
  options: Omit<DownloadOptions, 'store' | 'lock'> = {},
): Downloader {
  return createDownloader({ ...keptIn(data), ...testOrigins(), ...options });
}
