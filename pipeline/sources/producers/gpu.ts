/**
 * The Géoportail de l'urbanisme's weekly extraction: a manifest of 31 GeoPackages for
 * all of France, of which those that feed a layer are taken. Their links change with
 * each extraction, so the manifest is read every time.
 */
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import { extractionFile, gpuFormats } from '../../datasets/gpu.ts';
import type { Downloader, Wanted } from '../../download/wanted.ts';
import { GPU_EXTRACTION } from './addresses.ts';
import type { Announced } from './announced.ts';
import { md5In, parseFeed, type AtomEntry, type AtomFeed, type AtomLink } from './atom.ts';
import { fileNameOf, linked, listed, refuse, type At } from './catalogue.ts';

const AT: At = { producer: 'Géoportail de l’urbanisme', url: GPU_EXTRACTION };

const rules = gpuFormats.find(({ format }) => format === 'extraction')?.rules ?? [];

function isPackage({ href }: AtomLink): boolean {
  return /\.gpkg$/i.test(href);
}

function wantedOf({ links, content, id }: AtomEntry): Wanted {
  const [link, ...others] = links.filter(isPackage);
  if (link === undefined || others.length > 0)
    return refuse(AT, `${id} links to ${others.length + 1} files, where one is expected`);
  const url = linked(link.href, AT);
  const md5 = md5In(content);
  if (md5 === null)
    return refuse(AT, `${fileNameOf(url)} has no MD5, but ${JSON.stringify(content.slice(0, 40))}`);
  const checksum = { algorithm: 'md5', hex: md5 } as const;
  return { url, name: fileNameOf(url), length: link.length, checksum, kind: 'gpkg' };
}

/**
 * The file of each layer that is served: one, or the manifest is refused. They get names of our
 * own, since nothing is known of how long the schemas in theirs are called the same.
 */
function choose(files: readonly Wanted[]): Wanted[] {
  const candidates = rules.map(({ layer, member }) => ({
    layer,
    found: files.filter(({ name }) => member.test(name)),
  }));
  const missing = candidates.filter(({ found }) => found.length === 0).map(({ layer }) => layer);
  const names = files.map(({ name }) => name);
  if (missing.length > 0) refuse(AT, `no file of ${listed(missing, 17)}; found ${listed(names, 40)}`);
  for (const { layer, found } of candidates)
    if (found.length > 1) refuse(AT, `several files of ${layer}: ${listed(found.map(({ url }) => url))}`);
  return candidates.flatMap(({ layer, found }) =>
    found.map((file) => ({ ...file, name: extractionFile(layer) })),
  );
}

function dayOf(time: string | null): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(time ?? '')?.[0] ?? null;
}

/** The day of the newest file; of the manifest, which may be written anew for whoever asks, where files say none. */
function editionOf({ updated, entries }: AtomFeed): string | null {
  const days = entries.flatMap((entry) => dayOf(entry.updated) ?? []).sort();
  return days.at(-1) ?? dayOf(updated);
}

/**
 * The extraction of the week.
 * @throws PipelineError `BadCatalogue`
 */
export async function announceExtraction(downloader: Downloader): Promise<Announced> {
  const feed = parseFeed(await downloader.text(AT.url), AT);
  if (feed.entries.length === 0) return refuse(AT, 'an empty manifest');
  const packages = feed.entries.filter(({ links }) => links.some(isPackage));
  return {
    ...{ id: 'gpu/extraction', producer: AT.producer, catalogue: AT.url },
    ...{
      licence: feed.rights ?? LICENCE_OUVERTE,
      licenceFrom: feed.rights === null ? 'documentation' : 'catalogue',
    },
    edition: editionOf(feed),
    files: choose(packages.map(wantedOf)),
    entry: { dataset: 'gpu', format: 'extraction' },
  };
}
