/** Writes Atom feeds as the Géoplateforme and the GPU serve them. */

export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly type: string;
  readonly content: string;
  readonly length?: number;
  readonly zone?: string;
  readonly format?: string;
  readonly editionDate?: string;
}

export interface Page {
  readonly page: number;
  readonly pageSize: number;
  readonly pageCount: number;
  readonly total: number;
}

const GPF_DL = 'https://data.geopf.fr/annexes/ressources/xsd/gpf_dl.xsd';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function entryXml({ id, title, href, type, content, length, zone, format, editionDate }: FeedEntry): string {
  const bytes = length === undefined ? '' : ` gpf_dl:length="${length}"`;
  return [
    '  <entry>',
    `    <title>${escaped(title)}</title>`,
    `    <link href="${escaped(href)}" rel="alternate" type="${type}"${bytes}/>`,
    `    <id>${escaped(id)}</id>`,
    '    <updated>2026-03-14T14:59:00+01:00</updated>',
    `    <content>${escaped(content)}</content>`,
    ...(zone === undefined ? [] : [`    <gpf_dl:zone term="${zone}" label="${zone}"/>`]),
    ...(format === undefined ? [] : [`    <gpf_dl:format term="${format}" label="${format}"/>`]),
    ...(editionDate === undefined ? [] : [`    <gpf_dl:editionDate>${editionDate}</gpf_dl:editionDate>`]),
    '  </entry>',
  ].join('\n');
}

/** A page of a feed. */
export function feedXml(title: string, entries: readonly FeedEntry[], page: Page): string {
  const paging = `gpf_dl:page="${page.page}" gpf_dl:pagesize="${page.pageSize}" gpf_dl:pagecount="${page.pageCount}" gpf_dl:totalentries="${page.total}"`;
  const head = `<feed xmlns:gpf_dl="${GPF_DL}" xmlns="http://www.w3.org/2005/Atom" ${paging}>`;
  const body = [`  <title>${escaped(title)}</title>`, ...entries.map(entryXml)];
  return ["<?xml version='1.0' encoding='UTF-8'?>", head, ...body, '</feed>', ''].join('\n');
}

/** The page that the query of `url` asks for: filtered as the service does, ten a page unless it says more. */
export function feedPage(title: string, all: readonly FeedEntry[], url: URL): string {
  const asked = (name: string): string | null => url.searchParams.get(name);
  const entries = all.filter(
    ({ zone, format }) =>
      (asked('zone') === null || zone === asked('zone')) &&
      (asked('format') === null || format === asked('format')),
  );
  const pageSize = Math.min(50, Number(asked('limit') ?? '10'));
  const page = Number(asked('page') ?? '1');
  const own = entries.slice((page - 1) * pageSize, page * pageSize);
  const pageCount = Math.max(1, Math.ceil(entries.length / pageSize));
  return feedXml(title, own, { page, pageSize, pageCount, total: entries.length });
}
