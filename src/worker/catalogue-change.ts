/**
 * Which files of a tree a new catalogue has left behind. The files of a layer are named by
 * its index, so all of them stay or go with it; what belongs to no layer that is left, goes.
 */
import type { Catalogue } from '../format/catalogue.ts';

/** Of the files under `data/`, without it: `cadastre/parcelle.…`, `cadastre/parcelle/21.…`. */
function belongsTo(name: string, path: string): boolean {
  return path.startsWith(`data/${name}.`) || path.startsWith(`data/${name}/`);
}

/** Tells, by its path, a file that `now` has no use for. @param before - `null` when it is not known. */
export function leftBehind(before: Catalogue | null, now: Catalogue): (path: string) => boolean {
  const staying = Object.entries(now.layers)
    .filter(([name, { index }]) => before?.layers[name]?.index.hash === index.hash)
    .map(([name]) => name);
  const postalCodes = now.codesPostaux?.file.sha256;
  if (postalCodes !== undefined && before?.codesPostaux?.file.sha256 === postalCodes) {
    staying.push('codes-postaux');
  }
  return (path) => !staying.some((name) => belongsTo(name, path));
}
