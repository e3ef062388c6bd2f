/**
 * The published tree: files named by their content, all written aside before the first is
 * renamed, then the manifest, and the catalogue last. Until then readers of the old one find
 * all that it names.
 */
import { copyFileSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { located, PipelineError } from '../errors.ts';
import { hashOfFile } from '../file-hash.ts';
import { describeDocument, describeFile, type Candidate, type Document, type Page } from './named.ts';
import { isOurPage } from './pages.ts';
import { isAside, Staging } from './staging.ts';

function lengthOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/** Nothing to do when the target already has this content. */
async function stageText(staging: Staging, target: string, text: string): Promise<void> {
  if (lengthOf(target) !== null && readFileSync(target, 'utf8') === text) return;
  await staging.add(basename(target), (aside) => {
    writeFileSync(aside, text);
  });
}

/** Copies what a step made, if it is still what it was then. */
async function copyChecked({ path, sha256 }: Candidate | Page, aside: string): Promise<void> {
  copyFileSync(path, aside);
  const found = await hashOfFile(aside, 'sha256');
  if (found === sha256) return;
  const what = `sha256 ${found}, ${sha256} when it was made: remove the work folder and build again`;
  throw new PipelineError('VerifyFailed', what, { member: path });
}

/** The folders of the tree whose files are all named by the manifest. */
export const PARTS: readonly string[] = ['data', 'site', 'tiles'];

function partsOf(root: string): string[] {
  return PARTS.map((part) => join(root, part)).filter((folder) => lengthOf(folder) !== null);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Whether a file beside the catalogue is an old manifest, a page of an old site, or was left aside. */
function isOurs(root: string, name: string): boolean {
  const isManifest = /^manifest\.[0-9a-f]{16}\.json/.test(name);
  const isLeft = isAside(name) && /^(catalogue|report)\.json/.test(name);
  return isManifest || isLeft || isOurPage(root, name);
}

/** Removes files that the new catalogue does not name, and what a killed build left aside. */
function removeOthers(root: string, named: ReadonlySet<string>): number {
  const others = partsOf(root)
    .flatMap(listFiles)
    .filter((path) => !named.has(relative(root, path).split(sep).join('/')));
  const left = readdirSync(root).filter((name) => isOurs(root, name) && !named.has(name));
  for (const path of [...others, ...left.map((name) => join(root, name))]) rmSync(path);
  for (const folder of partsOf(root)) removeEmptyFolders(folder);
  return others.length + left.length;
}

export interface Publication {
  readonly candidates: readonly Candidate[];
  /** The site's files that keep their names. */
  readonly pages: readonly Page[];
  readonly manifest: Document;
  /** The texts of the files that keep their names. */
  readonly catalogue: string;
  readonly report: string;
}

async function stagePage(staging: Staging, root: string, page: Page): Promise<void> {
  const target = join(root, page.name);
  if (lengthOf(target) !== null && (await hashOfFile(target, 'sha256')) === page.sha256) return;
  await staging.add(page.name, (aside) => copyChecked(page, aside));
}

async function stage(root: string, publication: Publication, staging: Staging): Promise<Set<string>> {
  const named = new Set<string>();
  for (const candidate of publication.candidates) {
    const { path, length } = describeFile(candidate);
    named.add(path);
    // The name tells the content: a file that is there needs no second writing.
    if (lengthOf(join(root, path)) === length) continue;
    await staging.add(path, (aside) => copyChecked(candidate, aside));
  }
  for (const page of publication.pages) {
    named.add(page.name);
    await stagePage(staging, root, page);
  }
  const manifest = describeDocument(publication.manifest);
  named.add(manifest.path);
  await stageText(staging, join(root, manifest.path), publication.manifest.text);
  await stageText(staging, join(root, 'report.json'), publication.report);
  await stageText(staging, join(root, 'catalogue.json'), publication.catalogue);
  return named;
}

/**
 * Publishes into `root`; `false` when it held exactly this already.
 * @throws PipelineError `VerifyFailed` when a file is no longer what its step made; the tree is then
 *   the one of before, as it is after `SystemFailed`, when writing fails.
 */
export async function publish(root: string, publication: Publication): Promise<boolean> {
  const staging = new Staging(root);
  try {
    const named = await stage(root, publication, staging);
    const changes = staging.commit();
    return changes + removeOthers(root, named) > 0;
  } catch (error) {
    staging.abandon();
    for (const folder of partsOf(root)) removeEmptyFolders(folder);
    throw located(error, `publishing into ${root}`);
  }
}
