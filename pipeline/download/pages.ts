/**
 * All pages of a paged catalogue, or an error: a service that caps its answers without a word,
 * or whose order changes from one page to the next, would lose entries and say nothing.
 */
import { PipelineError, type Where } from '../errors.ts';

export interface Page<T> {
  readonly entries: readonly T[];
  /** Entries of all pages, as this page says. */
  readonly total: number;
  /** Pages, as this page says. */
  readonly pages: number;
}

export interface Paging<T> {
  /** Reads a page, from 1 on. */
  readonly read: (page: number) => Promise<Page<T>>;
  /** What tells an entry from every other. */
  readonly idOf: (entry: T) => string;
  readonly where: Where;
  /** More than any catalogue has. */
  readonly maxPages?: number;
}

function refusal(what: string, where: Where): PipelineError {
  return new PipelineError('BadCatalogue', what, where);
}

function assertUnique<T>(entries: readonly T[], { idOf, where }: Paging<T>): void {
  const seen = new Set<string>();
  for (const id of entries.map(idOf)) {
    if (seen.has(id))
      throw refusal(`${id} stands on two pages: the order changed while they were read`, where);
    seen.add(id);
  }
}

/**
 * The entries of all pages, in their order.
 * @throws PipelineError `BadCatalogue` when they are not as many as each page says, when one
 *   stands twice, or when the catalogue changed while it was read.
 */
export async function readPages<T>(paging: Paging<T>): Promise<T[]> {
  const { read, where, maxPages = 1000 } = paging;
  const first = await read(1);
  const { total, pages } = first;
  if (pages > maxPages) throw refusal(`${pages} pages: no catalogue has as many`, where);
  const entries = [...first.entries];
  for (let page = 2; page <= pages; page++) {
    const next = await read(page);
    if (next.total !== total || next.pages !== pages) {
      throw refusal(
        `page 1 says ${total} entries, page ${page} ${next.total}: it changed while it was read`,
        where,
      );
    }
    entries.push(...next.entries);
  }
  assertUnique(entries, paging);
  if (entries.length !== total)
    throw refusal(`${entries.length} entries on ${pages} pages of ${total}`, where);
  return entries;
}
