/**
 * Etalab's cadastre, the alternative to IGN's: three files a département in dated folders.
 * The newest date is taken rather than `latest`, so that all files are of one edition.
 */
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import type { Downloader, Wanted } from '../../download/wanted.ts';
import { ETALAB } from './addresses.ts';
import type { Announced } from './announced.ts';
import { listed, refuse, type At } from './catalogue.ts';
import { COLLECTIVITIES, DEPARTEMENTS, inOrder, isDepartement, nameOfDepartement } from './departements.ts';
import { expectedFile } from './expected-file.ts';
import { parseListing } from './listing.ts';
import type { Territoire } from './territoire.ts';

const PRODUCER = 'Etalab (cadastre.data.gouv.fr)';
const LAYERS = ['communes', 'feuilles', 'parcelles'];

async function list(
  downloader: Downloader,
  url: string,
): Promise<{ readonly at: At; readonly names: string[] }> {
  const at = { producer: PRODUCER, url };
  return { at, names: parseListing(await downloader.text(url, { html: true }), at) };
}

async function newestEdition(downloader: Downloader): Promise<string> {
  const { at, names } = await list(downloader, `${ETALAB}/`);
  const dates = names
    .map((name) => name.replace(/\/$/, ''))
    .filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name));
  return dates.sort().at(-1) ?? refuse(at, `no edition, a folder named by a date, among ${listed(names)}`);
}

async function wantedOf(downloader: Downloader, url: string, name: string): Promise<Wanted> {
  const { length } = await expectedFile(downloader, { producer: PRODUCER, url });
  return { url, name, length, checksum: null, kind: 'gz' };
}

async function announce(downloader: Downloader, departement: string, date: string): Promise<Announced> {
  const { at, names } = await list(downloader, `${ETALAB}/${date}/geojson/departements/${departement}/`);
  const wanted = LAYERS.map((layer) => `cadastre-${departement}-${layer}.json.gz`);
  const missing = wanted.filter((name) => !names.includes(name));
  if (missing.length > 0) return refuse(at, `no ${listed(missing)} among ${listed(names, 10)}`);
  const files: Wanted[] = [];
  for (const name of wanted) files.push(await wantedOf(downloader, at.url + name, name));
  return {
    ...{ id: `cadastre/etalab/${departement}`, producer: PRODUCER, catalogue: at.url, edition: date, files },
    ...{ licence: LICENCE_OUVERTE, licenceFrom: 'documentation' },
    entry: { dataset: 'cadastre', format: 'etalab', departement },
  };
}

/** The départements of an edition that are announced, all of France's among them. */
async function allOf(downloader: Downloader, date: string): Promise<string[]> {
  const { at, names } = await list(downloader, `${ETALAB}/${date}/geojson/departements/`);
  const found = names.map((name) => name.replace(/\/$/, '')).filter(isDepartement);
  const expected = Object.keys(DEPARTEMENTS).filter((code) => !COLLECTIVITIES.includes(code));
  const missing = inOrder(expected.filter((code) => !found.includes(code)));
  if (missing.length > 0) refuse(at, `France without the départements ${listed(missing, 101)}`);
  return inOrder(found);
}

/**
 * The newest edition of each département.
 * @throws PipelineError `BadCatalogue`
 */
export async function announceEtalab(
  downloader: Downloader,
  { departements }: Territoire,
): Promise<Announced[]> {
  const date = await newestEdition(downloader);
  const codes = departements === 'france' ? await allOf(downloader, date) : departements;
  const [within971] = codes.filter((code) => departements !== 'france' && COLLECTIVITIES.includes(code));
  if (within971 !== undefined) {
    const what = `${nameOfDepartement(within971)} (${within971}) has no file of its own here; IGN's cadastre has`;
    refuse({ producer: PRODUCER, url: `${ETALAB}/${date}/` }, what);
  }
  const announced: Announced[] = [];
  for (const code of codes) announced.push(await announce(downloader, code, date));
  return announced;
}
