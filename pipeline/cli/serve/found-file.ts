/** The files of a folder that a request may name: none outside it, none hidden. */
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

export interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly etag: string;
}

/** The path inside the folder; `null` for what no published file is called. */
function relativePath(url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return null;
  }
  // `${base}/catalogue.json`, where the base ends with a slash already, is what people write.
  const segments = path.split(/\/+/).slice(1);
  const last = segments.pop() ?? '';
  const all = [...segments, last === '' ? 'index.html' : last];
  const plain = all.every((segment) => segment !== '' && !segment.startsWith('.') && !/[\\\0]/.test(segment));
  return path.startsWith('/') && plain ? join(...all) : null;
}

/** The file in `root` that `url` names; `null` where there is none. */
export async function find(root: string, url: string): Promise<FoundFile | null> {
  const relative = relativePath(url);
  if (relative === null) return null;
  try {
    // Resolved, so that a link cannot lead out either.
    const path = await realpath(join(root, relative));
    const { size, mtimeMs, ino } = await stat(path).then((stats) => {
      if (!stats.isFile()) throw new Error('not a file');
      return stats;
    });
    if (!path.startsWith(root + sep)) return null;
    return {
      path,
      size,
      etag: `"${ino.toString(36)}-${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`,
    };
  } catch {
    return null;
  }
}
