/** Catalogues that come page by page: rows D17 and D18 of the failures. */
import { describe, expect, it } from 'vitest';
import { HOST, useDownloads } from '../testing/upstream/downloads.ts';
import { readPages, type Page } from './pages.ts';

const downloads = useDownloads();
const NAMES = Array.from({ length: 25 }, (_, i) => `D${String(i).padStart(3, '0')}`);
const WHERE = { source: 'PARCELLAIRE-EXPRESS' };

interface Service {
  /** The entries from which page `page` is cut. */
  readonly entries?: (page: number) => readonly string[];
  /** At most so many on a page, whatever is asked for. */
  readonly cap?: number;
  readonly total?: (page: number) => number;
}

/** Serves pages of ten. */
function serve({ entries = () => NAMES, cap = 10, total = (page) => entries(page).length }: Service): void {
  downloads.upstream.serve(HOST, '/resource', (url) => {
    const page = Number(url.searchParams.get('page'));
    const on = entries(page)
      .slice((page - 1) * 10, page * 10)
      .slice(0, cap);
    return JSON.stringify({ entries: on, total: total(page), pages: Math.ceil(total(page) / 10) });
  });
}

async function read(): Promise<string[]> {
  const downloader = downloads.downloader();
  const page = async (number: number): Promise<Page<string>> =>
    JSON.parse(await downloader.text(`https://${HOST}/resource?page=${number}`)) as Page<string>;
  return readPages({ read: page, idOf: (name) => name, where: WHERE });
}

function refusal(message: RegExp): unknown {
  return expect.objectContaining({
    code: 'BadCatalogue',
    where: WHERE,
    message: expect.stringMatching(message) as string,
  });
}

describe('D17: a catalogue in pages', () => {
  it('is read to its last page, and is as long as it says', async () => {
    serve({});
    await expect(read()).resolves.toEqual(NAMES);
    expect(downloads.upstream.requests.map(({ path }) => path)).toEqual(
      [1, 2, 3].map((page) => `/resource?page=${page}`),
    );
  });

  it('that gives fewer than it says, without a word, is refused', async () => {
    serve({ cap: 5 });
    await expect(read()).rejects.toEqual(refusal(/15 entries on 3 pages of 25/));
  });

  it('of no entry is empty, and of more pages than there can be is refused', async () => {
    serve({ entries: () => [] });
    await expect(read()).resolves.toEqual([]);
    serve({ total: () => 1e6 });
    await expect(read()).rejects.toEqual(refusal(/100000 pages: no catalogue has as many/));
  });
});

describe('D18: a catalogue whose order changes from page to page', () => {
  it('is refused for the entry that comes twice', async () => {
    serve({ entries: (page) => (page < 2 ? NAMES : ['D099', ...NAMES.slice(0, -1)]) });
    await expect(read()).rejects.toEqual(refusal(/D009 stands on two pages/));
  });

  it('and whose length changes is refused too', async () => {
    serve({ total: (page) => (page < 3 ? 25 : 26) });
    await expect(read()).rejects.toEqual(refusal(/page 1 says 25 entries, page 3 26/));
  });
});
