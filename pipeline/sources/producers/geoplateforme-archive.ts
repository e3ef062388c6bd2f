/** The archive of an edition on the Géoplateforme: one 7z or its parts, each with the length and MD5 that its feed says. */
import type { Checksum, Downloader, Wanted } from '../../download/index.ts';
import { md5In, type AtomEntry } from './atom.ts';
import { fileNameOf, linked, listed, refuse, type At } from './catalogue.ts';
import { readEntries } from './geoplateforme.ts';

interface File {
  readonly url: string;
  readonly name: string;
  readonly length: number | null;
  readonly md5: string | null;
}

/** The files of an entry, however often it links to one; its MD5 is of one file, so with several it is none's. */
function filesOf(entry: AtomEntry, at: At): File[] {
  const own = entry.links.filter(({ type }) => !type.startsWith('application/atom+xml'));
  const links = own.filter(({ href }, i) => own.findIndex((link) => link.href === href) === i);
  const md5 = links.length === 1 ? md5In(entry.content) : null;
  return links.map(({ href, length }) => {
    const url = linked(href, at);
    return { url, name: fileNameOf(url), length, md5 };
  });
}

/** `<md5>  <path>` a line, as `md5sum` writes it, or as `MD5 (<name>) = <md5>`. */
function md5Lines(text: string): Map<string, string> {
  const lines = text.split(/\r?\n/).map((line) => {
    const md5 = /\b[0-9a-f]{32}\b/i.exec(line)?.[0].toLowerCase() ?? '';
    const name = line.replace(/\b[0-9a-f]{32}\b/i, '').replace(/^\W*MD5\s*\(|\)\s*=\s*$/g, '');
    return [name.trim().replace(/^\*/, '').split(/[/\\]/).at(-1) ?? '', md5] as const;
  });
  return new Map(lines.filter(([, md5]) => md5 !== ''));
}

/** The MD5 of files whose entries say none, from the `.md5` files beside them. */
async function md5Beside(downloader: Downloader, files: readonly File[]): Promise<Map<string, string>> {
  const beside = files.filter(({ name }) => name.toLowerCase().endsWith('.md5'));
  const found = new Map<string, string>();
  for (const { url } of beside)
    for (const [name, md5] of md5Lines(await downloader.text(url))) found.set(name, md5);
  return found;
}

function assertWholeArchive(names: readonly string[], at: At): void {
  const [first = ''] = names;
  const numbered = names.filter((name) => /\.7z\.\d{3}$/i.test(name));
  if (numbered.length === 0 && names.length === 1) return;
  const stems = new Set(names.map((name) => name.replace(/\.\d{3}$/, '')));
  if (numbered.length < names.length || stems.size > 1) refuse(at, `several archives: ${listed(names)}`);
  const expected = names.map((_, i) => first.replace(/\d{3}$/, String(i + 1).padStart(3, '0')));
  const missing = expected.find((name) => !names.includes(name));
  if (missing !== undefined) refuse(at, `${missing} is missing among the parts ${listed(names)}`);
}

function isZip({ name }: File): boolean {
  return /\.zip$/i.test(name);
}

/** The 7z or its parts in order; a zip only where there is none. */
function archiveAmong(files: readonly File[], at: At): File[] {
  const sevenZips = files.filter(({ name }) => /\.7z(\.\d{3})?$/i.test(name));
  const archive = sevenZips.length > 0 ? sevenZips : files.filter(isZip);
  archive.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = (all: readonly File[]): string[] => all.map(({ name }) => name);
  if (archive.length === 0) refuse(at, `no archive among the files: ${listed(names(files))}`);
  assertWholeArchive(names(archive), at);
  return archive;
}

/**
 * The archive of an edition: one 7z, or its parts in order.
 * @throws PipelineError `BadCatalogue` for none, several, or a missing part.
 */
export async function readArchive(downloader: Downloader, at: At): Promise<Wanted[]> {
  const files = (await readEntries(downloader, at)).flatMap((entry) => filesOf(entry, at));
  const archive = archiveAmong(files, at);
  const beside = archive.every(({ md5 }) => md5 !== null) ? null : await md5Beside(downloader, files);
  return archive.map((file) => {
    const { url, name, length, md5 } = file;
    const hex = md5 ?? beside?.get(name) ?? null;
    const checksum: Checksum | null = hex === null ? null : { algorithm: 'md5', hex };
    return { url, name, length, checksum, kind: isZip(file) ? 'zip' : '7z' };
  });
}
