/** The head of a file that has to be there: gone is another thing than a server that gives nothing now. */
import { GONE } from '../../download/statuses.ts';
import { Trouble } from '../../download/trouble.ts';
import type { Downloader, Head } from '../../download/wanted.ts';
import { PipelineError } from '../../errors.ts';
import { refuse, type At } from './catalogue.ts';

/**
 * Asks whether the file at `url` is there.
 * @throws PipelineError `BadCatalogue` when it is not, `DownloadFailed` when its server refuses it or has a bad moment.
 */
export async function expectedFile(downloader: Downloader, { producer, url }: At): Promise<Head> {
  const head = await downloader.head(url);
  const { status } = head;
  if (status === 200) return head;
  const what = `status ${status}, where a file is expected`;
  if (status < 400 || GONE.has(status)) return refuse({ producer, url }, what);
  const cause = new Trouble('DownloadFailed', what, { tries: 1, status });
  throw new PipelineError('DownloadFailed', what, { source: producer, member: url }, cause);
}
