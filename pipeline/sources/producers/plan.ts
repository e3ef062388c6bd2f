/**
 * The plan of a territoire: every source that its producers announce for it, before
 * anything is fetched. National files are for all of France whatever the territoire.
 */
import type { ModuleName } from '../../../src/format/catalogue.ts';
import { codesPostauxProvenance } from '../../datasets/codes-postaux.ts';
import { npmTableVersion } from '../../datasets/npm-codes-postaux.ts';
import type { Downloader, Wanted } from '../../download/wanted.ts';
import type { Announced } from './announced.ts';
import { announceBdParcellaire } from './bd-parcellaire.ts';
import { announceEtalab } from './etalab.ts';
import { announceExtraction } from './gpu.ts';
import { announceInao } from './inao.ts';
import { announceLaposte } from './laposte.ts';
import { announceParcellaireExpress } from './parcellaire-express.ts';
import type { Territoire } from './territoire.ts';

export interface PlanRequest {
  readonly territoire: Territoire;
  readonly modules: readonly ModuleName[];
  /** Whose cadastre: IGN's Parcellaire Express, or Etalab's. */
  readonly cadastre: 'ign' | 'etalab';
  /** BD Parcellaire, stopped in 2018, besides. */
  readonly bdParcellaire: boolean;
}

export interface Plan {
  readonly territoire: Territoire;
  readonly announced: readonly Announced[];
}

/** The table of the npm package: installed with the project, nothing to fetch. */
function npmCodesPostaux(): Announced {
  const { producer, licence } = codesPostauxProvenance.npm;
  const catalogue = 'https://www.npmjs.com/package/codes-postaux';
  return {
    ...{ id: 'codes-postaux/npm', producer, catalogue, licence, licenceFrom: 'documentation' },
    ...{ edition: npmTableVersion(), files: [], entry: { dataset: 'codes-postaux', format: 'npm' } },
  };
}

type Announce = (downloader: Downloader, request: PlanRequest) => Promise<Announced[]>;

const ANNOUNCE: Readonly<Record<ModuleName, Announce>> = {
  aoc: async (downloader) => [await announceInao(downloader)],
  'codes-postaux': async (downloader) => [npmCodesPostaux(), await announceLaposte(downloader)],
  cadastre: async (downloader, { territoire, cadastre, bdParcellaire }) => {
    const own = cadastre === 'ign' ? announceParcellaireExpress : announceEtalab;
    const today = await own(downloader, territoire);
    return bdParcellaire ? [...today, ...(await announceBdParcellaire(downloader, territoire))] : today;
  },
  gpu: async (downloader) => [await announceExtraction(downloader)],
};

export const MODULES = Object.keys(ANNOUNCE) as ModuleName[];

/** What goes into the lock file stands with each file. */
function withSource(announced: Announced): Announced {
  const { id: source, edition, licence } = announced;
  return { ...announced, files: announced.files.map((file) => ({ ...file, source, edition, licence })) };
}

/**
 * Asks every producer that the request needs.
 * @throws PipelineError `BadCatalogue` from the first that does not announce what it should, or whatever `downloader` throws.
 */
export async function planTerritoire(downloader: Downloader, request: PlanRequest): Promise<Plan> {
  const modules = MODULES.filter((name) => request.modules.includes(name));
  const announced = await Promise.all(modules.map((name) => ANNOUNCE[name](downloader, request)));
  return { territoire: request.territoire, announced: announced.flat().map(withSource) };
}

export function filesOf(plan: Plan): Wanted[] {
  return plan.announced.flatMap(({ files }) => files);
}
