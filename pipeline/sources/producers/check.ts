/**
 * Whether the producers are still where this code looks for them: each catalogue read for one
 * département, and the head of one file that it announces. Nothing is downloaded.
 */
import type { Downloader, Wanted } from '../../download/wanted.ts';
import { messageOf, PipelineError } from '../../errors.ts';
import type { Announced } from './announced.ts';
import { announceBdParcellaire } from './bd-parcellaire.ts';
import { announceEtalab } from './etalab.ts';
import { announceExtraction } from './gpu.ts';
import { announceInao } from './inao.ts';
import { announceLaposte } from './laposte.ts';
import { announceParcellaireExpress } from './parcellaire-express.ts';
import type { Territoire } from './territoire.ts';

/**
 * - `there`: announced as expected, and its file answers.
 * - `moved`: another answer than expected; the code has to learn the new place.
 * - `silent`: nobody answered; perhaps tomorrow.
 */
export type Verdict = 'there' | 'moved' | 'silent';

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

/** What is wrong with the file of a catalogue; `null` when it is there and as long as announced. */
async function faultOf(downloader: Downloader, { url, length }: Wanted): Promise<string | null> {
  const head = await downloader.head(url);
  if (head.status !== 200) return `${url}: status ${head.status}`;
  const isOther = length !== null && head.length !== null && length !== head.length;
  return isOther ? `${url}: ${head.length} bytes, announced as ${length}` : null;
}

async function checkOne(
  downloader: Downloader,
  announced: readonly Announced[],
): Promise<Omit<Checked, 'source'>> {
  const [first] = announced;
  const [file] = first?.files ?? [];
  if (first === undefined || file === undefined) return { verdict: 'moved', what: 'nothing is announced' };
  const fault = await faultOf(downloader, file);
  if (fault !== null) return { verdict: 'moved', what: fault };
  return {
    verdict: 'there',
    what: `${first.catalogue}, edition ${first.edition ?? 'not said'}: ${file.url}`,
  };
}

function verdictOf(error: unknown): Verdict {
  return error instanceof PipelineError && error.code === 'DownloadFailed' ? 'silent' : 'moved';
}

/** Checks every source for `territoire`, one after the other, whatever becomes of those before. */
export async function checkSources(downloader: Downloader, territoire: Territoire): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const [source, announce] of Object.entries(CHECKS)) {
    try {
      checked.push({ source, ...(await checkOne(downloader, await announce(downloader, territoire))) });
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      checked.push({ source, verdict: verdictOf(error), what: messageOf(error) });
    }
  }
  return checked;
}
