/** Atom feeds (RFC 4287) with the Géoplateforme's additions: zone, format, edition, lengths and pages. */
import { refuse, type At } from './catalogue.ts';
import { parseXml, type XmlElement } from './xml.ts';

const ATOM = 'http://www.w3.org/2005/Atom';

export interface AtomLink {
  readonly href: string;
  readonly type: string;
  /** Bytes, where it is said. */
  readonly length: number | null;
}

export interface AtomEntry {
  readonly id: string;
  readonly title: string;
  readonly updated: string | null;
  /** Of a file its MD5, of anything else a description. */
  readonly content: string;
  readonly links: readonly AtomLink[];
  readonly zones: readonly string[];
  readonly formats: readonly string[];
  readonly editionDate: string | null;
}

export interface AtomFeed {
  readonly updated: string | null;
  readonly rights: string | null;
  /** Numbers of the feed itself: `page`, `pagecount`, `totalentries`. */
  readonly number: (attribute: string) => number | null;
  readonly entries: readonly AtomEntry[];
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null;
}

function childText(element: XmlElement, name: string): string | null {
  return element.children.find((child) => child.name === name)?.text.trim() ?? null;
}

/** The `term` of each `zone` or `format`. */
function terms(element: XmlElement, name: string): string[] {
  return element.children
    .filter((child) => child.name === name)
    .map((child) => child.attributes.get('term') ?? '');
}

function linkOf({ attributes }: XmlElement): AtomLink {
  const length = wholeNumber(attributes.get('length'));
  return { href: attributes.get('href') ?? '', type: attributes.get('type') ?? '', length };
}

function entryOf(element: XmlElement, at: At): AtomEntry {
  const links = element.children.filter(({ name }) => name === 'link').map(linkOf);
  const id = childText(element, 'id') ?? links[0]?.href ?? '';
  if (id === '') return refuse(at, 'an entry with neither id nor link');
  return {
    ...{ id, links, title: childText(element, 'title') ?? '', content: childText(element, 'content') ?? '' },
    ...{ zones: terms(element, 'zone'), formats: terms(element, 'format') },
    ...{ updated: childText(element, 'updated'), editionDate: childText(element, 'editionDate') },
  };
}

/**
 * Reads a feed.
 * @throws PipelineError `BadCatalogue` for anything else: an error page, another vocabulary.
 */
export function parseFeed(text: string, at: At): AtomFeed {
  const root = parseXml(text, at);
  if (root.name !== 'feed' || root.uri !== ATOM) return refuse(at, `not an Atom feed, but <${root.name}>`);
  return {
    updated: childText(root, 'updated'),
    rights: childText(root, 'rights'),
    number: (attribute) => wholeNumber(root.attributes.get(attribute)),
    entries: root.children.filter(({ name }) => name === 'entry').map((entry) => entryOf(entry, at)),
  };
}

/** An MD5, where the text is one. */
export function md5In(text: string): string | null {
  return /^[0-9a-f]{32}$/i.test(text.trim()) ? text.trim().toLowerCase() : null;
}
