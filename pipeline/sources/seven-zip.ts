/**
 * Extracts what 7-Zip reads (7z, tar.bz2). 7-Zip older than 25.01 follows links out of its
 * folder (CVE-2025-11001), so an archive is judged by its listing before anything is written,
 * and what has been written is looked at before anybody reads it.
 */
import { mkdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { messageOf, PipelineError } from '../errors.ts';
import { sevenZipProgram } from '../seven-zip-program.ts';
import { assertSpace } from '../space.ts';
import { runTool } from '../tool.ts';
import {
  assertHarmless,
  ceilingOf,
  LIMITS,
  type EntryType,
  type ExtractionLimits,
  type Inside,
} from './archive-guard.ts';
import { unpackStream } from './unpack-stream.ts';
import { settle } from './settle.ts';
import { assertVolumes, isVolume, volumesOf } from './volumes.ts';

/** Asked for a password, 7-Zip would wait for somebody to type it. */
const NO_PASSWORD = '-pnone';

type Keys = ReadonlyMap<string, string>;

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line.replace(/ =$/, ''), ''] : [line.slice(0, at), line.slice(at + separator.length)];
}

function typeOf(keys: Keys): EntryType {
  if (keys.get('Symbolic Link') || keys.get('Hard Link')) return 'link';
  const attributes = keys.get('Mode') ?? keys.get('Attributes') ?? '';
  const letter = /(?:^|\s)([-a-zA-Z])[-rwxsStT]{9}(?:\s|$)/.exec(attributes)?.[1];
  if (letter === 'l') return 'link';
  if (letter !== undefined && letter !== '-' && letter !== 'd') return 'other';
  return letter === 'd' || keys.get('Folder') === '+' || /(^|\s)D/.test(attributes) ? 'folder' : 'file';
}

function insideOf(keys: Keys): Inside {
  return {
    path: keys.get('Path') ?? '',
    type: typeOf(keys),
    bytes: Number(keys.get('Size') ?? 0),
    unreadable: keys.get('Encrypted') === '+' ? 'is encrypted' : null,
  };
}

/** Parses `7z l -slt -ba`: blocks of `Key = value`, a blank line between. */
function parseListing(listing: string): Inside[] {
  return listing
    .split(/\r?\n\r?\n/)
    .map((block) => new Map(block.split(/\r?\n/).map((line) => splitOnce(line, ' = '))))
    .filter((keys) => keys.has('Path'))
    .map(insideOf);
}

/** 7-Zip's failures on a file are the file's fault, but for those of the disk. */
async function run(args: readonly string[], source: string): Promise<string> {
  try {
    const { stdout } = await runTool(sevenZipProgram(), args, { where: { source }, code: 'BadArchive' });
    return stdout;
  } catch (error) {
    const isDisk = /no space left|quota exceeded|read-only file system|permission denied/i.test(
      messageOf(error),
    );
    if (!isDisk || !(error instanceof PipelineError)) throw error;
    throw new PipelineError('SystemFailed', `it cannot be unpacked here: ${error.message}`, {}, error);
  }
}

function packedBytes(path: string): number {
  const files = isVolume(path) ? volumesOf(path) : [path];
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

/** What is refused is the archive's fault, whoever says so. */
function judge<T>(source: string, judgement: () => T): T {
  try {
    return judgement();
  } catch (error) {
    if (error instanceof PipelineError || (error instanceof Error && 'syscall' in error)) throw error;
    throw new PipelineError('BadArchive', messageOf(error), { source }, error);
  }
}

/**
 * Extracts the archive at `path`, of one volume or the first of several, into `directory`, which
 * is empty.
 * @throws PipelineError `BadArchive` when it is empty, damaged or hostile, or a volume is missing;
 *   `ToolFailed` without 7-Zip; `SystemFailed` when there is no room for it.
 */
export async function extractSevenZip(
  path: string,
  directory: string,
  source: string,
  limits: ExtractionLimits = LIMITS,
): Promise<void> {
  if (isVolume(path)) assertVolumes(path, source);
  const entries = parseListing(await run(['l', '-slt', '-ba', NO_PASSWORD, path], source));
  const bytes = judge(source, () => assertHarmless(entries, packedBytes(path), limits));
  if (!entries.some(({ type }) => type === 'file')) {
    throw new PipelineError('BadArchive', 'the archive holds no file', { source });
  }
  mkdirSync(directory, { recursive: true });
  await assertSpace({ folder: directory, bytes, spare: limits.spareBytes, what: 'to unpack it' }, { source });
  await run(['x', '-y', '-bso0', '-bsp0', NO_PASSWORD, `-o${directory}`, path], source);
  judge(source, () => {
    settle(directory);
  });
}

/**
 * A `.tar.bz2`, one layer a time: the outer one says nothing of what it holds, and is cut off at
 * the most that it honestly could.
 */
export async function extractTarBz2(
  path: string,
  directory: string,
  source: string,
  limits: ExtractionLimits = LIMITS,
): Promise<void> {
  const tar = `${directory}.tar`;
  const ceiling = ceilingOf(statSync(path).size, limits);
  await unpackStream(sevenZipProgram(), ['x', '-so', '-tbzip2', path], tar, {
    ceiling,
    source,
    name: basename(path),
  });
  await extractSevenZip(tar, directory, source, limits);
}
