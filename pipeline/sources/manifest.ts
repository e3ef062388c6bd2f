/**
 * The Atom manifest of the GPU's weekly extraction: an entry a file, its MD5 in
 * <content>. A GeoPackage that is not the one announced is refused.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PipelineError, type Where } from '../errors.ts';
import { hashOfFile } from '../file-hash.ts';
import type { Member } from './workspace.ts';

/** MD5 by file name, from the entries of an Atom feed. */
function readChecksums(atom: string): Map<string, string> {
  const entries = atom.match(/<entry[\s>][\s\S]*?<\/entry>/g) ?? [];
  return new Map(
    entries.flatMap((entry) => {
      const href = /<link[^>]*\bhref="([^"]+)"/.exec(entry)?.[1];
      const md5 = /<content[^>]*>\s*([0-9a-fA-F]{32})\s*<\/content>/.exec(entry)?.[1];
      return href === undefined || md5 === undefined ? [] : [[basename(href), md5.toLowerCase()] as const];
    }),
  );
}

/**
 * Checks the members that a manifest among them announces; without a manifest, nothing.
 * @throws PipelineError `BadArchive` when the manifest announces no file, or on the first file whose
 *   MD5 is another.
 */
export async function checkManifest(members: readonly Member[], where: Where): Promise<void> {
  const manifest = members.find(({ path }) => /download-latest(\.xml)?$/.test(path));
  if (manifest === undefined) return;
  const checksums = readChecksums(readFileSync(manifest.path, 'utf8'));
  if (checksums.size === 0) {
    const what = 'no file with an MD5 in it: not the manifest of an extraction';
    throw new PipelineError('BadArchive', what, { ...where, member: manifest.name });
  }
  for (const member of members) {
    const announced = checksums.get(basename(member.path));
    if (announced === undefined) continue;
    const found = await hashOfFile(member.path, 'md5');
    if (found !== announced) {
      throw new PipelineError('BadArchive', `MD5 ${found}, the manifest says ${announced}`, {
        ...where,
        member: member.name,
      });
    }
  }
}
