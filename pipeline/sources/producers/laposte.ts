/**
 * La Poste's official base of postal codes: one CSV at an address that never changes, whose
 * edition is the day on which it was last written. Its licence is what data.gouv.fr says.
 */
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import type { Downloader } from '../../download/wanted.ts';
import { LAPOSTE, LAPOSTE_DATASET } from './addresses.ts';
import type { Announced } from './announced.ts';
import { refuse } from './catalogue.ts';
import { datasetAt, readDataset } from './data-gouv.ts';

const PRODUCER = 'La Poste';
/** As La Poste names the file. */
const NAME = '019HexaSmal.csv';

function dayOf(lastModified: string | null): string | null {
  const time = Date.parse(lastModified ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

/** @throws PipelineError `BadCatalogue` when there is nothing at the address. */
export async function announceLaposte(downloader: Downloader): Promise<Announced> {
  const { licence } = await readDataset(downloader, datasetAt('La Poste (data.gouv.fr)', LAPOSTE_DATASET));
  const { status, length, lastModified } = await downloader.head(LAPOSTE);
  if (status !== 200)
    return refuse({ producer: PRODUCER, url: LAPOSTE }, `status ${status}, where a file is expected`);
  return {
    ...{ id: 'codes-postaux/laposte', producer: PRODUCER, catalogue: LAPOSTE },
    ...{ licence: licence ?? LICENCE_OUVERTE, licenceFrom: licence === null ? 'documentation' : 'catalogue' },
    edition: dayOf(lastModified),
    files: [{ url: LAPOSTE, name: NAME, length, checksum: null, kind: 'csv' }],
    entry: { dataset: 'codes-postaux', format: 'laposte' },
  };
}
