/**
 * Whether the producers are still where this code looks for them: each catalogue read for one
 * département, and the head of one file that it announces. Nothing is downloaded.
 */
import type { Downloader, Wanted } from '../../download/wanted.ts';
import { REFUSING } from '../../download/statuses.ts';
import { Trouble } from '../../download/trouble.ts';
import { messageOf, PipelineError } from '../../errors.ts';
import type { Announced } from './announced.ts';
import { announceBdParcellaire } from './bd-parcellaire.ts';
import { announceEtalab } from './etalab.ts';
import { expectedFile } from './expected-file.ts';
import { announceExtraction } from './gpu.ts';
import { announceInao } from './inao.ts';
import { announceLaposte } from './laposte.ts';
import { announceParcellaireExpress } from './parcellaire-express.ts';
import type { Territoire } from './territoire.ts';

/**
 * - `there`: announced as expected, and its file answers.
 * - `moved`: another answer than expected; the code has to learn the new place.
 * - `refused`: somebody answered, and gives nothing to this machine or client.
 * - `silent`: nobody answered; perhaps tomorrow.
 */
export type Verdict = 'there' | 'moved' | 'refused' | 'silent';

export interface Checked {
  readonly source: string;
  readonly verdict: Verdict;
  /** The catalogue and the file's address, or what is wrong. */
  readonly what: string;
}

type Announce = (downloader: Downloader, territoire: Territoire) => Promise<readonly Announced[]>;

const CHECKS: Readonly<Record<string, Announce>> = {
  'aoc/inao': async (downloader) => [await announceInao(downloader)],
  'codes-postaux/laposte': async (downloader) => [await announceLaposte(downloader)],
  'cadastre/parcellaire-express': announceParcellaireExpress,
  'cadastre/etalab': announceEtalab,
  'cadastre/bd-parcellaire': announceBdParcellaire,
  'gpu/extraction': async (downloader) => [await announceExtraction(downloader)],
};

/** What is wrong with the length of a file that is there; `null` when it is as announced. */
async function faultOf(
  downloader: Downloader,
  producer: string,
  { url, length }: Wanted,
): Promise<string | null> {
  const head = await expectedFile(downloader, { producer, url });
  const isOther = length !== null && head.length !== null && length !== head.length;
  return isOther ? `${url}: ${head.length} bytes, announced as ${length}` : null;
}

type Found = Omit<Checked, 'source'>;

async function checkAnnounced(downloader: Downloader, announced: readonly Announced[]): Promise<Found> {
  const [first] = announced;
  const [file] = first?.files ?? [];
  if (first === undefined || file === undefined) return { verdict: 'moved', what: 'nothing is announced' };
  const fault = await faultOf(downloader, first.producer, file);
  if (fault !== null) return { verdict: 'moved', what: fault };
  return {
    verdict: 'there',
    what: `${first.catalogue}, edition ${first.edition ?? 'not said'}: ${file.url}`,
  };
}

function verdictOf(error: PipelineError): Verdict {
  if (error.code !== 'DownloadFailed') return 'moved';
  const status = error.cause instanceof Trouble ? error.cause.status : null;
  return status !== null && REFUSING.has(status) ? 'refused' : 'silent';
}

async function checkOne(
  downloader: Downloader,
  announce: () => Promise<readonly Announced[]>,
): Promise<Found> {
  try {
    return await checkAnnounced(downloader, await announce());
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return { verdict: verdictOf(error), what: messageOf(error) };
  }
}

/**
 * Checks every source for `territoire`, one after the other, whatever becomes of those before.
 * @param onChecked is told of each as soon as it is known: a silent host takes minutes.
 */
export async function checkSources(
  downloader: Downloader,
  territoire: Territoire,
  onChecked: (checked: Checked) => void = () => undefined,
): Promise<Checked[]> {
  const all: Checked[] = [];
  for (const [source, announce] of Object.entries(CHECKS)) {
    const checked = await checkOne(downloader, () => announce(downloader, territoire));
    all.push({ source, ...checked });
    onChecked({ source, ...checked });
  }
  return all;
}
