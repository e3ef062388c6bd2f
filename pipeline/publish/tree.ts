/**
 * The published tree: files named by their content, written aside and renamed, and the
 * catalogue last. Until then readers of the old catalogue find all that it names.
 */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { PublishedFile } from '../../src/format/catalogue.ts';

/** Enough of the hash that no two files of a tree meet: 64 bits. */
const HASH_DIGITS = 16;

/** A file to be published, still in the work folder. */
export interface Candidate {
  /** `data/cadastre/parcelle/21`: the hash and the ending are added. */
  readonly name: string;
  readonly ending: string;
  readonly path: string;
  readonly sha256: string;
}

/** How a candidate is written in the catalogue. */
export function describeFile({ name, ending, path, sha256 }: Candidate): PublishedFile {
  return { path: `${name}.${sha256.slice(0, HASH_DIGITS)}.${ending}`, length: statSync(path).size, sha256 };
}

function lengthOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/** Writes beside the target and renames: a reader sees all of it or nothing. */
function writeAside(target: string, write: (path: string) => void): void {
  mkdirSync(dirname(target), { recursive: true });
  const aside = `${target}.tmp-${process.pid}`;
  try {
    write(aside);
    renameSync(aside, target);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** `false` when the target already has this content. */
function publishText(target: string, text: string): boolean {
  if (lengthOf(target) !== null && readFileSync(target, 'utf8') === text) return false;
  writeAside(target, (path) => {
    writeFileSync(path, text);
  });
  return true;
}

function publishFile(
  target: string,
  { candidate, length }: { candidate: Candidate; length: number },
): boolean {
  if (lengthOf(target) === length) return false;
  writeAside(target, (path) => {
    copyFileSync(candidate.path, path);
  });
  return true;
}

/** Files below `folder`, relative, with `/`. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Removes files of `data/` and `tiles/` that the new catalogue does not name. */
function removeOthers(root: string, named: ReadonlySet<string>): number {
  let removed = 0;
  for (const part of ['data', 'tiles']) {
    const folder = join(root, part);
    if (lengthOf(folder) === null) continue;
    for (const file of listFiles(folder)) {
      if (named.has(`${part}/${file}`)) continue;
      rmSync(join(folder, file));
      removed += 1;
    }
    removeEmptyFolders(folder);
  }
  return removed;
}

export interface Publication {
  readonly candidates: readonly Candidate[];
  readonly catalogue: unknown;
  readonly report: unknown;
}

/** Publishes into `root`; `false` when it held exactly this already. */
export function publish(root: string, { candidates, catalogue, report }: Publication): boolean {
  let changes = 0;
  const named = new Set<string>();
  for (const candidate of candidates) {
    const { path, length } = describeFile(candidate);
    named.add(path);
    if (publishFile(join(root, path), { candidate, length })) changes += 1;
  }
  if (publishText(join(root, 'report.json'), `${JSON.stringify(report, null, 1)}\n`)) changes += 1;
  if (publishText(join(root, 'catalogue.json'), `${JSON.stringify(catalogue, null, 1)}\n`)) changes += 1;
  return changes + removeOthers(root, named) > 0;
}
