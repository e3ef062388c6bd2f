/** A folder as a web server lists it: HTML with a link a file. What links elsewhere is no part of it. */
import sax from 'sax';
import { addressOf, refuse, type At } from './catalogue.ts';

/** The targets of all links, in a page that need not be well formed. */
function hrefsIn(html: string): string[] {
  const hrefs: string[] = [];
  const parser = sax.parser(false, { lowercase: true });
  parser.onerror = () => {
    // Lenient: a page of a server is rarely XML.
    parser.resume();
  };
  parser.onopentag = ({ name, attributes }) => {
    const href = attributes['href'];
    if (name === 'a' && typeof href === 'string') hrefs.push(href);
  };
  parser.write(html).close();
  return hrefs;
}

/**
 * Names of the files and folders (these end in `/`) right below the folder at `at.url`, which ends in `/`.
 * @throws PipelineError `BadCatalogue` when nothing is listed: an error page, or an empty folder.
 */
export function parseListing(html: string, at: At): string[] {
  const names = hrefsIn(html).flatMap((href) => {
    const url = addressOf(href, at.url);
    if (url?.href.startsWith(at.url) !== true || url.search !== '') return [];
    const name = decodeURIComponent(url.href.slice(at.url.length));
    return /^[^/]+\/?$/.test(name) ? [name] : [];
  });
  if (names.length === 0)
    return refuse(at, `a folder without files; the page begins with ${JSON.stringify(html.slice(0, 80))}`);
  return [...new Set(names)].sort();
}
