/**
 * La Poste's official base of postal codes: one CSV whose edition is the day on which it was last
 * written, at the address that data.gouv.fr links to. Its licence is what data.gouv.fr says.
 */
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import type { Downloader, Head } from '../../download/wanted.ts';
import { PipelineError } from '../../errors.ts';
import { LAPOSTE, LAPOSTE_DATASET } from './addresses.ts';
import type { Announced } from './announced.ts';
import { datasetAt, readDataset, type Resource } from './data-gouv.ts';
import { expectedFile } from './expected-file.ts';

const PRODUCER = 'La Poste';
/** As La Poste names the file. */
const NAME = '019HexaSmal.csv';
/** The file as it was written, on whichever host of La Poste's: other addresses give it converted. */
const RAW = /^https:\/\/([\w-]+\.)+laposte\.fr\/data-fair\/api\/v1\/datasets\/laposte-hexasmal\/raw$/;

function dayOf(lastModified: string | null): string | null {
  const time = Date.parse(lastModified ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

/** The first of the addresses at which the file is. */
async function find(downloader: Downloader, urls: ReadonlySet<string>): Promise<[string, Head]> {
  const failures: PipelineError[] = [];
  for (const url of urls) {
    try {
      return [url, await expectedFile(downloader, { producer: PRODUCER, url })];
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      failures.push(error);
    }
  }
  // That it is gone from one of them says more than that another does not answer.
  const [first] = failures;
  throw failures.find(({ code }) => code === 'BadCatalogue') ?? first ?? new Error('no address');
}

function addressesIn(resources: readonly Resource[]): Set<string> {
  return new Set([...resources.map(({ url }) => url).filter((url) => RAW.test(url)), ...LAPOSTE]);
}

/** @throws PipelineError `BadCatalogue` when it is at none of its addresses, `DownloadFailed` when none answers. */
export async function announceLaposte(downloader: Downloader): Promise<Announced> {
  const at = datasetAt('La Poste (data.gouv.fr)', LAPOSTE_DATASET);
  const { licence, resources } = await readDataset(downloader, at);
  const [url, { length, lastModified }] = await find(downloader, addressesIn(resources));
  return {
    ...{ id: 'codes-postaux/laposte', producer: PRODUCER, catalogue: at.url },
    ...{ licence: licence ?? LICENCE_OUVERTE, licenceFrom: licence === null ? 'documentation' : 'catalogue' },
    edition: dayOf(lastModified),
    files: [{ url, name: NAME, length, checksum: null, kind: 'csv' }],
    entry: { dataset: 'codes-postaux', format: 'laposte' },
  };
}
