/**
 * IGN's Géoplateforme: a resource is a feed of editions in pages, an edition a feed of
 * files. Pages that repeat, or that do not make up what they say, are refused.
 */
import { readPages, type Downloader, type Page } from '../../download/index.ts';
import { parseFeed, type AtomEntry, type AtomFeed } from './atom.ts';
import { linked, refuse, type At } from './catalogue.ts';

export const PRODUCER = 'IGN (Géoplateforme)';
/** The most that the service gives. */
const A_PAGE = 50;

function pageOf(feed: AtomFeed, page: number, at: At): Page<AtomEntry> {
  const found = feed.number('page') ?? page;
  const pages = feed.number('pagecount');
  const total = feed.number('totalentries');
  if (pages === null || total === null)
    return refuse(at, 'a feed that does not say its pagecount and totalentries');
  if (found !== page) return refuse(at, `page ${page} was asked for, page ${found} came`);
  return { entries: feed.entries, total, pages };
}

function pageAddress(url: string, page: number): string {
  const address = new URL(url);
  // Without an order, entries may stand on two pages or on none.
  const asked = {
    page: String(page),
    limit: String(A_PAGE),
    sortEntriesBy: 'title',
    sortEntriesOrder: 'asc',
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return address.href;
}

/**
 * Every entry of a feed in pages; none where the feed says so.
 * @throws PipelineError `BadCatalogue` for a page that repeats entries, a total that changes or is not reached.
 */
export async function readEntries(downloader: Downloader, { producer, url }: At): Promise<AtomEntry[]> {
  const read = async (page: number): Promise<Page<AtomEntry>> => {
    const at = { producer, url: pageAddress(url, page) };
    return pageOf(parseFeed(await downloader.text(at.url), at), page, at);
  };
  return readPages({ read, idOf: ({ id }) => id, where: { source: producer, member: url } });
}

export interface Newest {
  readonly date: string;
  /** All of that date. */
  readonly entries: readonly AtomEntry[];
}

/** The newest of the editions, by their dates. */
export function newest(editions: readonly AtomEntry[], at: At): Newest {
  const dated = editions.map((entry) => {
    const said = entry.editionDate ?? /\d{4}-\d{2}-\d{2}$/.exec(entry.title)?.[0] ?? '';
    const date = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(said)?.[0] ?? '';
    if (date === '') refuse(at, `${entry.title} says no date of edition`);
    return { date, entry };
  });
  const date = dated.map((one) => one.date).reduce((a, b) => (a > b ? a : b), '');
  return { date, entries: dated.filter((one) => one.date === date).map(({ entry }) => entry) };
}

/** The feed of an edition's files, by the link of its entry. */
export function editionFeed(edition: AtomEntry, at: At): At {
  const link = edition.links.find(({ type }) => type.startsWith('application/atom+xml')) ?? edition.links[0];
  if (link === undefined) return refuse(at, `${edition.title} links to nothing`);
  return { producer: at.producer, url: linked(link.href, at) };
}
