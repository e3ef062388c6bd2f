/**
 * The library in Node: everything of `index.ts`, and folders beside addresses.
 */
import { fileURLToPath } from 'node:url';
import { openCarto as openAddress, type Carto, type CartoOptions, type TreeSource } from './index.ts';
import { fileTree } from './source/file.ts';

export * from './index.ts';
export { fileTree } from './source/file.ts';
export { memoryTree } from './source/memory.ts';

function folderIn(base: string | URL): string | null {
  const text = String(base);
  if (text.startsWith('file:')) return fileURLToPath(base);
  return /^https?:\/\//i.test(text) ? null : text;
}

/**
 * Opens a published tree: reads its catalogue, once.
 * @param base - the tree's address or folder; or a source of its files.
 * @throws CartoError `NotFound`, `NotOurFile`, `UnsupportedVersion`… when there is no such tree.
 */
export async function openCarto(base: string | URL | TreeSource, options: CartoOptions = {}): Promise<Carto> {
  if (typeof base !== 'string' && !(base instanceof URL)) return openAddress(base, options);
  const folder = folderIn(base);
  return openAddress(folder === null ? base : fileTree(folder), options);
}
