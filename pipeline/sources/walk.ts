/**
 * The files below a folder, links followed as any program would: a source may lie on another
 * disk. What macOS leaves beside files for itself is none of them.
 */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PipelineError } from '../errors.ts';

/** `__MACOSX/` and `._ZONE_URBA.shp`, which holds no shapes. */
const OF_MACOS = /^(__MACOSX$|\._)/;

type Kind = 'file' | 'folder' | 'other';

function kindOf(path: string, source: string): Kind {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new PipelineError('MissingSource', `${basename(path)} is a link to a file that is not there`, {
      source,
    });
  }
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !OF_MACOS.test(name))
    .sort();
}

/**
 * The files in `folder` and below, in the order of their names.
 * @throws PipelineError `MissingSource` for a link that leads nowhere, or back into itself.
 */
export function filesBelow(folder: string, source: string, above: readonly string[] = []): string[] {
  const real = realpathSync(folder);
  if (above.includes(real)) {
    throw new PipelineError('MissingSource', `${basename(folder)} is a link to a folder that holds it`, {
      source,
    });
  }
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const kind = kindOf(path, source);
    if (kind === 'folder') return filesBelow(path, source, [...above, real]);
    return kind === 'file' ? [path] : [];
  });
}

/** The files in `folder` itself; links that lead nowhere are none. */
export function filesIn(folder: string): string[] {
  return namesIn(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}
