/**
 * A source's files laid open: archives extracted into a temporary folder, folders and
 * files where they are. Never writes beside a source.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, parse, relative, sep } from 'node:path';
import { PipelineError } from '../errors.ts';
import { extractSevenZip, extractTarBz2 } from './seven-zip.ts';
import { extractZip } from './zip.ts';

export interface Member {
  /** Absolute. */
  readonly path: string;
  /** Relative to the source, with `/`. */
  readonly name: string;
}

export interface Workspace {
  readonly members: readonly Member[];
  /** For whatever reading needs to write; removed with the rest. */
  readonly scratch: string;
  dispose(): void;
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? [path] : [];
    });
}

/** The files of one name and several endings: a shapefile, a MapInfo table. */
export function filesOfOneName(path: string): string[] {
  const stem = parse(path).name.toLowerCase();
  return walkFlat(dirname(path)).filter((file) => parse(file).name.toLowerCase() === stem);
}

function walkFlat(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .sort();
}

function membersIn(root: string, files: readonly string[]): Member[] {
  return files.map((path) => ({ path, name: relative(root, path).split(sep).join('/') }));
}

/** Gives the extractor of an archive, by its ending; nothing for another file. */
function extractorOf(
  path: string,
): ((path: string, directory: string, source: string) => Promise<void>) | null {
  const name = path.toLowerCase();
  if (name.endsWith('.zip')) return extractZip;
  if (name.endsWith('.tar.bz2')) return extractTarBz2;
  return /\.7z(\.001)?$/.test(name) ? extractSevenZip : null;
}

async function expand(path: string, scratch: string, source: string): Promise<Member[]> {
  const extract = extractorOf(path);
  if (extract === null) return membersIn(dirname(path), [path]);
  const directory = join(scratch, basename(path).replaceAll('.', '_'));
  mkdirSync(directory, { recursive: true });
  await extract(path, directory, source);
  return membersIn(directory, walk(directory));
}

/** The files of the source at `path`, archives not opened: what its fingerprint covers. */
export function sourceFiles(path: string, source: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new PipelineError('MissingSource', 'no such file or folder', { source });
  if (stat.isDirectory()) return walk(path);
  return extractorOf(path) === null ? filesOfOneName(path) : [path];
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
    const folder = statSync(path).isDirectory() ? path : dirname(path);
    const members: Member[] = [];
    for (const file of files) {
      if (extractorOf(file) === null) members.push(...membersIn(folder, [file]));
      else members.push(...(await expand(file, scratch, source)));
    }
    return { members, scratch, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
