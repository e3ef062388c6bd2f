/** Parcellaire Express (PCI): one archive a département and quarter on the Géoplateforme; the newest quarter is taken. */
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import type { Downloader } from '../../download/wanted.ts';
import { GEOPLATEFORME } from './addresses.ts';
import type { Announced } from './announced.ts';
import type { AtomEntry } from './atom.ts';
import { listed, refuse, type At } from './catalogue.ts';
import { COLLECTIVITIES, DEPARTEMENTS, inOrder, isDepartement, nameOfDepartement } from './departements.ts';
import { readArchive } from './geoplateforme-archive.ts';
import { editionFeed, newest, PRODUCER, readEntries, type Newest } from './geoplateforme.ts';
import type { Territoire } from './territoire.ts';

const RESOURCE = `${GEOPLATEFORME}/resource/PARCELLAIRE-EXPRESS`;

/** `D021`, `D02A`, `D974`: the Géoplateforme's name of a département. */
export function zoneOf(departement: string): string {
  return `D${departement.padStart(3, '0')}`;
}

/** The département of `D021`; `null` for regions and for France. */
export function departementOfZone(zone: string): string | null {
  const [, code = ''] = /^D0?(\d\d|2[AB]|97\d)$/.exec(zone) ?? [];
  return isDepartement(code) ? code : null;
}

/** The editions of each département, in all formats: filters of the service are asked for, and not relied upon. */
function byDepartement(entries: readonly AtomEntry[]): Map<string, AtomEntry[]> {
  const editions = new Map<string, AtomEntry[]>();
  for (const entry of entries) {
    for (const departement of entry.zones.map(departementOfZone)) {
      if (departement === null) continue;
      editions.set(departement, [...(editions.get(departement) ?? []), entry]);
    }
  }
  return editions;
}

/**
 * The newest shapefile of a département. An edition that is newer, and of other formats alone, is
 * refused: the day that shapefiles end shall not go unnoticed.
 */
function newestShapefile(editions: readonly AtomEntry[], departement: string, at: At): Newest {
  const shapefiles = editions.filter(({ formats }) => formats.some((format) => /^shp$/i.test(format)));
  const place = `${departement} (${nameOfDepartement(departement)})`;
  if (shapefiles.length === 0) return refuse(at, `no shapefile of ${place} is announced`);
  const [shapefile, any] = [newest(shapefiles, at), newest(editions, at)];
  if (any.date > shapefile.date) {
    const titles = listed(any.entries.map(({ title }) => title));
    refuse(at, `the newest shapefile of ${place} is of ${shapefile.date}, and there is ${titles}`);
  }
  return shapefile;
}

async function announce(
  downloader: Downloader,
  departement: string,
  editions: readonly AtomEntry[],
  at: At,
): Promise<Announced> {
  const { date, entries } = newestShapefile(editions, departement, at);
  const [edition, ...others] = entries;
  const titles = entries.map(({ title }) => title);
  if (edition === undefined || others.length > 0)
    return refuse(at, `several editions of ${date} for ${zoneOf(departement)}: ${listed(titles)}`);
  const feed = editionFeed(edition, at);
  return {
    ...{ id: `cadastre/parcellaire-express/${departement}`, producer: PRODUCER, catalogue: feed.url },
    ...{ licence: LICENCE_OUVERTE, licenceFrom: 'documentation', edition: date },
    files: await readArchive(downloader, feed),
    entry: { dataset: 'cadastre', format: 'parcellaire-express', departement },
  };
}

function feedAt(filters: Readonly<Record<string, string>>): At {
  const url = new URL(RESOURCE);
  url.search = new URLSearchParams(filters).toString();
  return { producer: PRODUCER, url: url.href };
}

async function announceOne(downloader: Downloader, departement: string): Promise<Announced> {
  const at = feedAt({ zone: zoneOf(departement) });
  const editions = byDepartement(await readEntries(downloader, at)).get(departement);
  return announce(downloader, departement, editions ?? [], at);
}

async function announceAll(downloader: Downloader): Promise<Announced[]> {
  const at = feedAt({});
  const entries = await readEntries(downloader, at);
  if (entries.length === 0) refuse(at, 'an empty feed');
  const editions = byDepartement(entries);
  const expected = Object.keys(DEPARTEMENTS).filter((code) => !COLLECTIVITIES.includes(code));
  const missing = inOrder(expected.filter((code) => !editions.has(code)));
  if (missing.length > 0) refuse(at, `France without the départements ${listed(missing, 101)}`);
  const announced: Announced[] = [];
  for (const departement of inOrder(editions.keys()))
    announced.push(await announce(downloader, departement, editions.get(departement) ?? [], at));
  return announced;
}

/**
 * The newest edition of each département of the territoire; for France, of each that is announced.
 * @throws PipelineError `BadCatalogue`
 */
export async function announceParcellaireExpress(
  downloader: Downloader,
  { departements }: Territoire,
): Promise<Announced[]> {
  if (departements === 'france') return announceAll(downloader);
  const announced: Announced[] = [];
  for (const departement of departements) announced.push(await announceOne(downloader, departement));
  return announced;
}
