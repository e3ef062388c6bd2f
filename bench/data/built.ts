/**
 * Data that benchmarks build once: a folder under data/bench, named by a fingerprint of
 * what went into it and of the code that makes it. It appears under its final name only
 * when it is complete, and takes the place of what an older code made.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = join(PROJECT, 'data', 'bench');
/** Set while the code is being changed: what older code built is good enough then. */
const KEEPS = process.env['BENCH_KEEP'] === '1';

function codeFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => codeFiles(join(path, name)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('/testing/'));
}

function fingerprint(recipe: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe.inputs));
  for (const file of recipe.code.flatMap((path) => codeFiles(join(PROJECT, path)))) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

export interface Recipe {
  readonly name: string;
  /** What it depends on beside code: sizes, seeds, the folders of earlier steps. */
  readonly inputs: readonly (string | number)[];
  /** The files and folders of code, from the project's root, that decide its content. */
  readonly code: readonly string[];
  readonly make: (folder: string) => void | Promise<void>;
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The folder with what `recipe` makes, made now if it is not there. */
export async function built(recipe: Recipe): Promise<string> {
  const folder = join(FOLDER, `${recipe.name}.${fingerprint(recipe)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(FOLDER, { recursive: true });
  const older = readdirSync(FOLDER).filter((name) => name.startsWith(`${recipe.name}.`));
  const kept = older.find((name) => !name.endsWith('.aside'));
  if (KEEPS && kept !== undefined) return join(FOLDER, kept);
  for (const name of older) rmSync(join(FOLDER, name), { recursive: true });
  const aside = `${folder}.aside`;
  mkdirSync(aside);
  const start = performance.now();
  await recipe.make(aside);
  renameSync(aside, folder);
  say(`made ${recipe.name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return folder;
}
