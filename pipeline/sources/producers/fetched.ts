/** From a plan to sources that the build reads: everything fetched, and laid out under the producers' names. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { layOut, type Downloaded, type Downloader } from '../../download/index.ts';
import { parseSources, type Sources } from '../sources-file.ts';
import type { Announced } from './announced.ts';
import { filesOf, type Plan } from './plan.ts';

/** Where the source is below the folder: its file, or the folder of its files. */
function pathOf({ id, files }: Announced): string | undefined {
  const [file, ...others] = files;
  if (file === undefined) return undefined;
  return others.length === 0 ? posix.join(id, file.name) : id;
}

function entryOf(announced: Announced): unknown {
  const { entry, edition, files } = announced;
  const path = pathOf(announced);
  // What comes with the project says its edition itself.
  const vintage = files.length === 0 || edition === null ? undefined : edition;
  return JSON.parse(JSON.stringify({ ...entry, path, vintage }));
}

/** Removes what an earlier plan laid out, so that no file is kept on the disk by it. */
function removeOthers(folder: string, ids: ReadonlySet<string>, below = ''): void {
  for (const name of readdirSync(join(folder, below))) {
    const id = posix.join(below, name);
    if (ids.has(id) || !statSync(join(folder, id)).isDirectory()) continue;
    if ([...ids].some((one) => one.startsWith(`${id}/`))) removeOthers(folder, ids, id);
    else rmSync(join(folder, id), { recursive: true });
  }
}

/**
 * Fetches what `plan` wants and is not here, and lays it out below `folder`.
 * @throws PipelineError of the downloader, before anything is laid out.
 */
export async function fetchPlan(plan: Plan, downloader: Downloader, folder: string): Promise<Sources> {
  const downloaded = new Map<string, Downloaded>();
  for (const file of await downloader.fetchAll(filesOf(plan))) downloaded.set(file.wanted.name, file);
  const fetched = plan.announced.filter(({ files }) => files.length > 0);
  for (const { id, files } of fetched) {
    const own = files.flatMap(({ name }) => downloaded.get(name) ?? []);
    layOut(join(folder, id), own);
  }
  removeOthers(folder, new Set(fetched.map(({ id }) => id)));
  const sources = plan.announced.map(entryOf);
  return { ...parseSources({ territory: plan.territoire.name, sources }, folder, 'the plan'), whole: true };
}
