/** Reads what a published tree says of itself, and refuses a tree that does not say it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, PublishedFile } from '../../src/format/catalogue.ts';
import type { Manifest } from '../../src/format/manifest.ts';
import { parseCatalogue } from '../../src/format/parse-catalogue.ts';
import { parseJson } from '../../src/format/parse-json.ts';
import { parseManifest } from '../../src/format/parse-manifest.ts';
import { file } from '../../src/format/published-parts.ts';
import { messageOf, PipelineError } from '../errors.ts';
import { hashOfFile } from '../file-hash.ts';
import { hashDigits } from './named.ts';

/** The file's own fault: absent, of another length, of another hash. */
export async function faultOfBytes(
  directory: string,
  { path, length, sha256 }: PublishedFile,
): Promise<string | null> {
  const stat = statSync(join(directory, path), { throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  if (stat.size !== length) return `${stat.size} bytes where ${length} are announced`;
  const found = await hashOfFile(join(directory, path), 'sha256');
  return found === sha256 ? null : `sha256 ${found} where ${sha256} is announced`;
}

/** The same, or misnamed. */
export async function faultOf(directory: string, file: PublishedFile): Promise<string | null> {
  const fault = await faultOfBytes(directory, file);
  if (fault !== null) return fault;
  return file.path.includes(`.${hashDigits(file.sha256)}.`) ? null : 'not named by its content';
}

/** What `parse` makes of the JSON at `path`; its refusals become ours. */
async function read<T>(
  directory: string,
  path: string,
  parse: (value: unknown, name: string) => T | Promise<T>,
): Promise<T> {
  const name = join(directory, path);
  try {
    return await parse(parseJson(readFileSync(name), name), name);
  } catch (error) {
    throw new PipelineError('VerifyFailed', messageOf(error), {}, error);
  }
}

/** Readers do not need the manifest, and so do not check where it is said to be. */
async function parseWhole(value: unknown, name: string): Promise<Catalogue> {
  const catalogue = await parseCatalogue(value, name);
  return { ...catalogue, manifest: file(catalogue.manifest, `${name}#manifest`) };
}

export interface PublishedTree {
  readonly catalogue: Catalogue;
  readonly manifest: Manifest;
}

/**
 * The catalogue of the tree in `directory`, and the manifest that it names.
 * @throws PipelineError `VerifyFailed` when there is none, or it cannot be read.
 */
export async function readTree(directory: string): Promise<PublishedTree> {
  const where = { source: directory };
  if (statSync(join(directory, 'catalogue.json'), { throwIfNoEntry: false }) === undefined) {
    throw new PipelineError('VerifyFailed', 'no catalogue.json: nothing is published here', where);
  }
  const catalogue = await read(directory, 'catalogue.json', parseWhole);
  const { path } = catalogue.manifest;
  const fault = await faultOf(directory, catalogue.manifest);
  if (fault !== null) throw new PipelineError('VerifyFailed', fault, { ...where, member: path });
  return { catalogue, manifest: await read(directory, path, parseManifest) };
}
