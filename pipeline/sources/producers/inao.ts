/** INAO's delimitation of AOC: one zipped shapefile a release on data.gouv.fr; the newest is taken, of either generation. */
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import type { Downloader } from '../../download/wanted.ts';
import { INAO_DATASET } from './addresses.ts';
import type { Announced } from './announced.ts';
import { fileNameOf, linked, listed, refuse, type At } from './catalogue.ts';
import { checksumOf, datasetAt, readDataset, type Resource } from './data-gouv.ts';

const PRODUCER = 'INAO (data.gouv.fr)';

interface Release {
  readonly resource: Resource;
  readonly url: string;
  readonly name: string;
  /** `2026-09-21`. */
  readonly date: string;
}

/** The day in a file's name, else that of its address (`/20260921-213954/`), else that of its last change. */
function dateOf(url: string, resource: Resource): string | null {
  const named = /\d{4}-\d{2}-\d{2}/.exec(fileNameOf(url))?.[0];
  const [, year, month, day] = /\/(\d{4})(\d{2})(\d{2})-\d{6}\//.exec(url) ?? [];
  const stored = year === undefined ? undefined : `${year}-${month ?? ''}-${day ?? ''}`;
  return named ?? stored ?? resource.last_modified?.slice(0, 10) ?? null;
}

/** Zips of something else, wherever they are, are none of this. */
function releaseOf(resource: Resource, at: At): Release[] {
  const { url } = resource;
  if (!URL.canParse(url) || !/\.zip([?#]|$)/i.test(url)) return [];
  const name = fileNameOf(url);
  if (!/d[eé]lim/i.test(name)) return [];
  const date = dateOf(url, resource);
  if (date === null) return refuse(at, `${name} says no date`);
  return [{ resource, url, name, date }];
}

/** Of releases of one day, in several formats, the shapefile; all of them where that is not told. */
function shapefiles(releases: readonly Release[]): readonly Release[] {
  const told = releases.filter(({ name }) => /\bshp\b|_shp|shp_/i.test(name));
  return told.length === 1 ? told : releases;
}

/**
 * The newest release.
 * @throws PipelineError `BadCatalogue`, for two of one day too.
 */
export async function announceInao(downloader: Downloader): Promise<Announced> {
  const at = datasetAt(PRODUCER, INAO_DATASET);
  const { licence, resources } = await readDataset(downloader, at);
  const releases = resources.flatMap((resource) => releaseOf(resource, at));
  const date = releases.map((release) => release.date).reduce((a, b) => (a > b ? a : b), '');
  const [release, ...others] = shapefiles(releases.filter((one) => one.date === date));
  const names = resources.map(({ title }) => title);
  if (release === undefined) return refuse(at, `no zip of the delimitation among ${listed(names)}`);
  if (others.length > 0)
    return refuse(at, `several releases of ${date}: ${listed([release, ...others].map(({ url }) => url))}`);
  const { name, resource } = release;
  const url = linked(release.url, at);
  return {
    ...{ id: 'aoc/inao', producer: PRODUCER, catalogue: at.url, edition: date },
    ...{ licence: licence ?? LICENCE_OUVERTE, licenceFrom: licence === null ? 'documentation' : 'catalogue' },
    files: [{ url, name, length: resource.filesize, checksum: checksumOf(resource, at), kind: 'zip' }],
    entry: { dataset: 'aoc', format: 'inao' },
  };
}
