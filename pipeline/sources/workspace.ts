/**
 * A source's files laid open: archives extracted into a temporary folder, folders and
 * files where they are. Never writes beside a source.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, parse, posix, relative, sep } from 'node:path';
import { PipelineError } from '../errors.ts';
import { checkGzip } from './gzip.ts';
import { extractSevenZip, extractTarBz2 } from './seven-zip.ts';
import { assertVolumes, isFirstVolume, isVolume, volumesOf } from './volumes.ts';
import { filesBelow, filesIn } from './walk.ts';
import { extractZip } from './zip.ts';

export interface Member {
  /** Absolute. */
  readonly path: string;
  /** Relative to the source, with `/`; inside an archive of a folder, after the archive's name. */
  readonly name: string;
}

export interface Workspace {
  readonly members: readonly Member[];
  /** For whatever reading needs to write; removed with the rest. */
  readonly scratch: string;
  dispose(): void;
}

/** The files of one name and several endings: a shapefile, a MapInfo table. */
export function filesOfOneName(path: string): string[] {
  const stem = parse(path).name.toLowerCase();
  return filesIn(dirname(path)).filter((file) => parse(file).name.toLowerCase() === stem);
}

/** Beside `path`, the file of the same name that ends in `ending`, in any case; its very name comes first. */
export function siblingOf(path: string, ending: string): string | null {
  const files = filesOfOneName(path).filter((file) => file.toLowerCase().endsWith(ending));
  return files.find((file) => parse(file).name === parse(path).name) ?? files[0] ?? null;
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

type Extractor = (path: string, directory: string, source: string) => Promise<void>;

/** Gives the extractor of an archive, by its ending; nothing for another file. */
function extractorOf(path: string): Extractor | null {
  const name = path.toLowerCase();
  if (name.endsWith('.zip')) return extractZip;
  if (name.endsWith('.tar.bz2')) return extractTarBz2;
  return name.endsWith('.7z') || isFirstVolume(path) ? extractSevenZip : null;
}

/** Archives of kinds that are not opened here, or that lay in another archive. */
const ARCHIVE = /\.(zip|7z(\.\d+)?|rar|tar(\.\w+)?|tgz|bz2)$/i;

/** Places and tables in formats that no producer delivers. */
const OF_OTHERS = /\.(mif|kmz?|gpx|fgb|(geo)?parquet|geojson(s|l|seq)|ndjson|sqlite|dxf|dwg|xlsx?|ods)$/i;

/** Whether a member of a source laid open is an archive still. */
export function isUnopened({ path }: Member): boolean {
  return ARCHIVE.test(path);
}

/** Whether a member may hold data that nobody reads. */
export function isUnread(member: Member): boolean {
  return isUnopened(member) || OF_OTHERS.test(member.path);
}

interface Opening {
  /** The file's own name in the source; empty for an archive that is the source. */
  readonly name: string;
  readonly scratch: string;
  readonly source: string;
}

/** The members that a file is or holds. Each archive gets a folder of its own: two may have one name. */
async function layOpen(file: string, { name, scratch, source }: Opening): Promise<Member[]> {
  if (file.toLowerCase().endsWith('.gz')) await checkGzip(file, source, name);
  const extract = extractorOf(file);
  if (extract === null) return [{ path: file, name }];
  const directory = join(mkdtempSync(join(scratch, 'archive-')), basename(file));
  mkdirSync(directory);
  await extract(file, directory, source);
  return filesBelow(directory, source).map((path) => ({
    path,
    name: posix.join(name, nameIn(directory, path)),
  }));
}

/** A first volume opens the others; where there is none, what is there cannot be opened. */
function withoutLaterVolumes(files: readonly string[], source: string): string[] {
  return files.filter((file) => {
    if (isVolume(file)) assertVolumes(file, source);
    return !isVolume(file) || isFirstVolume(file);
  });
}

/** The files of the source at `path`, archives not opened: what its fingerprint covers. */
export function sourceFiles(path: string, source: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new PipelineError('MissingSource', 'no such file or folder', { source });
  if (stat.isDirectory()) return filesBelow(path, source);
  if (isVolume(path)) return volumesOf(path);
  if (extractorOf(path) !== null) return [path];
  // An archive of the same name, from which the files may come, is no part of them.
  return filesOfOneName(path).filter((file) => extractorOf(file) === null);
}

/**
 * Lays open the source at `path`; tar.bz2 archives inside a folder (EDIGEO sheets) too.
 * @throws PipelineError `MissingSource`, `BadArchive`, `ToolFailed`.
 */
export async function openWorkspace(path: string, source: string, under: string): Promise<Workspace> {
  const files = sourceFiles(path, source);
  mkdirSync(under, { recursive: true });
  const scratch = mkdtempSync(join(under, 'open-'));
  const dispose = (): void => {
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    const isFolder = statSync(path).isDirectory();
    const folder = isFolder ? path : dirname(path);
    const members: Member[] = [];
    for (const file of withoutLaterVolumes(files, source)) {
      const name = !isFolder && extractorOf(file) !== null ? '' : nameIn(folder, file);
      members.push(...(await layOpen(file, { name, scratch, source })));
    }
    return { members, scratch, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
