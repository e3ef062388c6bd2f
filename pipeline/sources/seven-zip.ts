/**
 * Extracts what 7-Zip reads (7z, tar.bz2). 7-Zip older than 25.01 follows links out
 * of its folder (CVE-2025-11001), so names and links are checked in the listing
 * before anything is written.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PipelineError } from '../errors.ts';
import { runTool } from '../tool.ts';

const TOOL = '7zz';

interface Listed {
  readonly path: string;
  readonly folder: boolean;
  readonly link: boolean;
}

/** Parses `7zz l -slt -ba`: blocks of `Key = value`, a blank line between. */
function parseListing(listing: string): Listed[] {
  return listing
    .split(/\r?\n\r?\n/)
    .map((block) => new Map(block.split(/\r?\n/).map((line) => splitOnce(line, ' = '))))
    .filter((keys) => keys.has('Path'))
    .map((keys) => ({
      path: keys.get('Path') ?? '',
      folder: keys.get('Folder') === '+' || /(^|\s)D/.test(keys.get('Attributes') ?? ''),
      link:
        Boolean(keys.get('Symbolic Link') || keys.get('Hard Link')) ||
        /\bl[rwx-]{9}/.test(keys.get('Attributes') ?? ''),
    }));
}

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line.replace(/ =$/, ''), ''] : [line.slice(0, at), line.slice(at + separator.length)];
}

/** What a name must not be: climbing, absolute, of a drive, or with backslashes. */
function climbs(path: string): boolean {
  return (
    path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.includes('\\') || path.split('/').includes('..')
  );
}

function assertSafe(entries: readonly Listed[], source: string): void {
  const refuse = (what: string): never => {
    throw new PipelineError('BadArchive', what, { source });
  };
  const seen = new Set<string>();
  for (const { path, link } of entries) {
    if (climbs(path)) refuse(`${path} climbs out of the archive's folder`);
    if (link) refuse(`${path} is a link`);
    const folded = path.normalize('NFC').toLowerCase();
    if (seen.has(folded)) refuse(`${path} stands twice`);
    seen.add(folded);
  }
  if (!entries.some((entry) => !entry.folder)) refuse('the archive holds no file');
}

/** 7-Zip's failures on a file are the file's fault. */
async function run(args: readonly string[], source: string): Promise<string> {
  const { stdout } = await runTool(TOOL, args, { where: { source }, code: 'BadArchive' });
  return stdout;
}

async function extract(path: string, directory: string, source: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await run(['x', '-y', '-bso0', '-bsp0', `-o${directory}`, path], source);
}

/**
 * Extracts the archive at `path` into `directory`, which is empty.
 * @throws PipelineError `BadArchive` when it is empty, damaged or hostile; `ToolFailed` without 7-Zip.
 */
export async function extractSevenZip(path: string, directory: string, source: string): Promise<void> {
  assertSafe(parseListing(await run(['l', '-slt', '-ba', path], source)), source);
  await extract(path, directory, source);
}

/** A `.tar.bz2`, one layer a time; the outer one is a single stream without names to check. */
export async function extractTarBz2(path: string, directory: string, source: string): Promise<void> {
  const outer = `${directory}.tar`;
  await extract(path, outer, source);
  const [tar] = readdirSync(outer);
  if (tar === undefined) throw new PipelineError('BadArchive', `${basename(path)} holds no tar`, { source });
  await extractSevenZip(join(outer, tar), directory, source);
}
