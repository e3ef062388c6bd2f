/** BD Parcellaire, stopped in 2018: the last archive of each département, as opendatarchives.fr keeps it. */
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import type { Downloader } from '../../download/wanted.ts';
import { BD_PARCELLAIRE } from './addresses.ts';
import type { Announced } from './announced.ts';
import { listed, refuse, type At } from './catalogue.ts';
import { inOrder, nameOfDepartement } from './departements.ts';
import { expectedFile } from './expected-file.ts';
import { parseListing } from './listing.ts';
import { departementOfZone } from './parcellaire-express.ts';
import type { Territoire } from './territoire.ts';

const AT: At = { producer: 'IGN (archive d’opendatarchives.fr)', url: BD_PARCELLAIRE };

interface Archive {
  readonly name: string;
  readonly departement: string;
  readonly date: string;
}

function archiveOf(name: string): Archive[] {
  const [, zone = '', date = ''] =
    /^BDPARCELLAIRE_.*_SHP_\w+?_(D\w{3})_(\d{4}-\d{2}-\d{2})\.7z$/.exec(name) ?? [];
  const departement = departementOfZone(zone);
  return departement === null ? [] : [{ name, departement, date }];
}

function lastOf(archives: readonly Archive[], departement: string): Archive {
  const own = archives.filter((archive) => archive.departement === departement);
  const date = own.map((archive) => archive.date).reduce((a, b) => (a > b ? a : b), '');
  const [archive, ...others] = own.filter((one) => one.date === date);
  if (archive === undefined)
    return refuse(AT, `no archive of ${departement} (${nameOfDepartement(departement)})`);
  if (others.length > 0)
    return refuse(AT, `several archives of ${date}: ${listed(own.map(({ name }) => name))}`);
  return archive;
}

async function announce(downloader: Downloader, { name, departement, date }: Archive): Promise<Announced> {
  const url = AT.url + encodeURIComponent(name);
  const { length } = await expectedFile(downloader, { ...AT, url });
  return {
    ...{ id: `cadastre/bd-parcellaire/${departement}`, producer: AT.producer, catalogue: AT.url },
    ...{ licence: LICENCE_OUVERTE, licenceFrom: 'documentation', edition: date },
    files: [{ url, name, length, checksum: null, kind: '7z' }],
    entry: { dataset: 'cadastre', format: 'bd-parcellaire', departement },
  };
}

/**
 * The last archive of each département; for France, of each that is kept.
 * @throws PipelineError `BadCatalogue`
 */
export async function announceBdParcellaire(
  downloader: Downloader,
  { departements }: Territoire,
): Promise<Announced[]> {
  const archives = parseListing(await downloader.text(AT.url, { html: true }), AT).flatMap(archiveOf);
  const all = inOrder(archives.map(({ departement }) => departement));
  const announced: Announced[] = [];
  for (const departement of departements === 'france' ? all : departements)
    announced.push(await announce(downloader, lastOf(archives, departement)));
  return announced;
}
