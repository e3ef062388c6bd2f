/** The Géoplateforme's download service: resources, editions and files, at its own paths. */
import { createHash } from 'node:crypto';
import { feedPage, type FeedEntry } from './atom-feed.ts';
import type { FakeFile } from './example-file.ts';
import type { Upstream } from './server.ts';

export const HOST = 'data.geopf.fr';
const ROOT = '/telechargement';
const ATOM = 'application/atom+xml';

export interface Edition {
  /** `PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01`. */
  readonly name: string;
  readonly zone: string;
  readonly format: string;
  readonly date: string;
  /** Of the archive; none for an edition that is announced and never fetched. */
  readonly files: readonly FakeFile[];
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

function fileEntry(resource: string, edition: string, { name, bytes }: FakeFile): FeedEntry {
  const href = `https://${HOST}${ROOT}/download/${resource}/${edition}/${name}`;
  const type = name.endsWith('.md5') ? 'application/octet-stream' : 'application/x-7z-compressed';
  return { id: href, title: name, href, type, content: md5(bytes), length: bytes.length };
}

function editionEntry(resource: string, { name, zone, format, date }: Edition): FeedEntry {
  const href = `https://${HOST}${ROOT}/resource/${resource}/${name}`;
  return { id: href, title: name, href, type: ATOM, content: name, zone, format, editionDate: date };
}

/** The `.md5` file that stands beside an edition's archive. */
function md5File({ name, files }: Edition): FakeFile {
  const lines = files.map((file) => `${md5(file.bytes)}  ${file.name}\n`);
  return { name: `${name}.md5`, bytes: Buffer.from(lines.join('')) };
}

function serveEdition(upstream: Upstream, resource: string, edition: Edition): void {
  const files = [...edition.files, md5File(edition)];
  const entries = files.map((file) => fileEntry(resource, edition.name, file));
  upstream.serve(HOST, `${ROOT}/resource/${resource}/${edition.name}`, (url) => ({
    body: feedPage(edition.name, entries, url),
    headers: { 'content-type': ATOM },
  }));
  for (const { name, bytes } of files)
    upstream.serve(HOST, `${ROOT}/download/${resource}/${edition.name}/${name}`, bytes);
}

/** Serves the feeds of `resource`, and the files of its editions. */
export function serveResource(upstream: Upstream, resource: string, editions: readonly Edition[]): void {
  const sorted = [...editions].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = sorted.map((edition) => editionEntry(resource, edition));
  upstream.serve(HOST, `${ROOT}/resource/${resource}`, (url) => ({
    body: feedPage(resource, entries, url),
    headers: { 'content-type': ATOM },
  }));
  for (const edition of editions) serveEdition(upstream, resource, edition);
}

/** Cuts an archive as 7-Zip's volumes are: plainly, `.001` first. */
export function inParts({ name, bytes }: FakeFile, parts: number): FakeFile[] {
  const size = Math.ceil(bytes.length / parts);
  return Array.from({ length: parts }, (_, i) => ({
    name: `${name}.${String(i + 1).padStart(3, '0')}`,
    bytes: bytes.subarray(i * size, (i + 1) * size),
  }));
}
