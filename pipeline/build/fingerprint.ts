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

/** The code that decides what is built; tests and what serves them, the command line and the example do not. */
const CODE = ['pipeline', 'src/format', 'src/geometry'];
const NOT_CODE = /\.test\.ts$|^pipeline\/(cli|example|setup|testing)\//;

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

function codeFiles(): string[] {
  return CODE.flatMap((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
    .filter((path) => path.endsWith('.ts') && !NOT_CODE.test(path))
    .sort();
}

let code: string | undefined;

/** Hash of our own code and of the exact versions of the packages that it runs with. */
export function codeFingerprint(): string {
  const files = ['package-lock.json', ...codeFiles()];
  code ??= sha256Of(files.map((path) => `${sha256Of(readFileSync(join(PROJECT, path)))} ${path}`).join('\n'));
  return code;
}
