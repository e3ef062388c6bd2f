/**
 * Fingerprints: what a step is made of, in one hash. The same inputs, code and tools
 * give the same fingerprint, and then the step is not run again.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOfFile } from '../file-hash.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The code that decides what is built from given files; tests and what serves them, the command
 * line, the example, the site and what fetches the files do not.
 */
const CODE = ['pipeline', 'src/format', 'src/geometry'];
const NOT_CODE = /^pipeline\/(cli|download|example|package|setup|site|sources\/producers)\/|\/testing\//;

export async function sha256OfFile(path: string): Promise<string> {
  return hashOfFile(path, 'sha256');
}

export function sha256Of(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Hash of several files by their names relative to `root`, so that moving a folder changes nothing. */
export async function sha256OfFiles(root: string, files: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const file of files) lines.push(`${await sha256OfFile(file)} ${relative(root, file)}`);
  return sha256Of(lines.sort().join('\n'));
}

function sourceFilesIn(folders: readonly string[]): string[] {
  const inside = (folder: string): string[] =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    );
  return folders.flatMap(inside).filter((path) => /\.(ts|css)$/.test(path) && !path.endsWith('.test.ts'));
}

/** Hash of code of ours and of the exact versions of the packages that it runs with. */
function fingerprintOf(code: readonly string[]): string {
  const files = ['package-lock.json', ...[...code].sort()];
  return sha256Of(files.map((path) => `${sha256Of(readFileSync(join(PROJECT, path)))} ${path}`).join('\n'));
}

let code: string | undefined;

/** Hash of the code that decides what is built from given sources. */
export function codeFingerprint(): string {
  code ??= fingerprintOf(sourceFilesIn(CODE).filter((path) => !NOT_CODE.test(path)));
  return code;
}

/** Hash of the code that makes the site, and of that which it gives to browsers. */
export function siteFingerprint(): string {
  return fingerprintOf(sourceFilesIn(['src', 'pipeline/site']));
}

/** Hash of the code that writes the example territory. */
export function exampleFingerprint(): string {
  return fingerprintOf(sourceFilesIn(['pipeline/example']));
}
